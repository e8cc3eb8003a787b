import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react";

const BOXES = 'input[type="checkbox"]';

/**
 * Arrows, Home and End through the checkboxes of a list (or what else fits `items`), which is one stop of the Tab key.
 * Down from a field above leads to the first.
 */
export function useListFocus<Box extends HTMLElement>(items = BOXES) {
  const list = useRef<Box>(null);
  const [at, setAt] = useState(0);
  const boxes = () => [...(list.current?.querySelectorAll<HTMLElement>(items) ?? [])];
  const go = (event: KeyboardEvent, to: number) => {
    const all = boxes();
    const target = all[Math.max(0, Math.min(to, all.length - 1))];
    if (!target) return;
    event.preventDefault();
    target.focus();
  };
  return {
    /** What the list itself takes. */
    listProps: {
      ref: list,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const here = boxes().indexOf(document.activeElement as HTMLElement);
        const ways: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: boxes().length - 1 };
        const to = ways[event.key];
        if (to !== undefined) go(event, to);
      },
      onFocus: (event: FocusEvent) => {
        const here = boxes().indexOf(event.target as HTMLElement);
        if (here >= 0) setAt(here);
      },
    },
    /** Whether the one at this place, of so many, is where Tab stops. */
    tabIndexOf: (place: number, count: number): 0 | -1 => (place === Math.min(at, count - 1) ? 0 : -1),
    /** Keys in the field above. */
    onFieldKeyDown: (event: KeyboardEvent) => {
      if (event.key === "ArrowDown") go(event, 0);
    },
  };
}
