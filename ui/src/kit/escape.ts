import { useEffect, useRef } from "react";

/** What Escape closes, what lies on top last. */
const layers: { close: () => void }[] = [];

// Every open dialog listens at the window by itself, the lowest first. Who listens before all of them closes what lies
// on top, and that alone; the window's frame loads this before there are dialogs.
globalThis.window?.addEventListener(
  "keydown",
  (event) => {
    const top = layers.at(-1);
    if (event.key !== "Escape" || event.isComposing || !top) return;
    // An open menu closes itself.
    if (event.target instanceof Element && event.target.getAttribute("data-mantine-stop-propagation") === "true") return;
    event.stopImmediatePropagation();
    top.close();
  },
  { capture: true },
);

/** While it is opened, Escape closes this and nothing beneath it. */
export function useEscape(opened: boolean, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!opened) return undefined;
    const layer = { close: () => latest.current() };
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, [opened]);
}
