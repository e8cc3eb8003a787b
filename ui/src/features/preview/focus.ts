import { useEffect, useRef } from "react";

/** Takes the focus once, when what was asked for has come: the keyboard goes where the eyes are, and back when it is gone. */
export function useFocusAtStart<T extends HTMLElement>() {
  const target = useRef<T>(null);
  useEffect(() => {
    const before = document.activeElement;
    target.current?.focus();
    return () => {
      const lost = document.activeElement === document.body || document.activeElement === null;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return target;
}
