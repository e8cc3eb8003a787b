import type { KeyboardEvent } from "react";

/** Arrows move between tabs and choose, as in every list of tabs. */
export function moveTab(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...(event.currentTarget.closest("[role=tablist]")?.querySelectorAll<HTMLButtonElement>("[role=tab]") ?? [])];
  const here = tabs.indexOf(event.currentTarget);
  const next = tabs[(here + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
  event.preventDefault();
}
