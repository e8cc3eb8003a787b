const focusable = 'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/** Where the focus was in each zone when it was left. */
const left = new WeakMap<Element, HTMLElement>();

/** Leads the focus from zone to zone, round and round; each zone remembers where it was left. */
export function nextZone(step: 1 | -1): void {
  const zones = [...document.querySelectorAll<HTMLElement>("[data-zone]")].filter((zone) => !zone.closest("[hidden]"));
  if (zones.length === 0) return;
  const active = document.activeElement;
  const here = zones.findIndex((zone) => zone.contains(active));
  const from = zones[here];
  if (from && active instanceof HTMLElement) left.set(from, active);
  const to = zones[(here + step + zones.length) % zones.length] ?? zones[0];
  if (!to) return;
  const before = left.get(to);
  const grid = to.querySelector<HTMLElement>('[role="grid"]');
  const target = (before && to.contains(before) ? before : null) ?? grid ?? to.querySelector<HTMLElement>(focusable) ?? to;
  target.focus();
}
