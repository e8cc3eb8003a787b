import { useEffect, useRef } from "react";

/** Ctrl S saves, Ctrl Enter saves and leaves, wherever the focus is. */
export function useFormKeys(actions: { save: () => void; finish: () => void }): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      const action = event.key === "Enter" ? "finish" : event.key.toLowerCase() === "s" ? "save" : null;
      if (action === null) return;
      event.preventDefault();
      latest.current[action]();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
