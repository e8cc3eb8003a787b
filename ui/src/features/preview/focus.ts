import { useEffect, useRef } from "react";

/** Takes the focus once, when what was asked for has come: the keyboard goes where the eyes are. */
export function useFocusAtStart<T extends HTMLElement>() {
  const target = useRef<T>(null);
  useEffect(() => target.current?.focus(), []);
  return target;
}
