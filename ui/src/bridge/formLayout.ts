import type { DeskForm, FieldInfo } from "./types";

/** How a row is drawn: by what its field holds, or several fields together. */
export type Drawing = "account" | "accounts" | "addresses" | "text" | "flag" | "choice" | "status" | "password" | "date" | "custom" | "one" | "many" | "rights" | "levels";

/** A row of the form: one field, or several that are set together. */
export interface FormRowLayout {
  /** The field that gives it its name. */
  name: string;
  draw: Drawing;
  fields: FieldInfo[];
}

/** A section of a tab. */
export interface SectionLayout {
  name: string;
  rows: FormRowLayout[];
}

/** A tab: what the desk takes, and what is kept without it. */
export interface TabLayout {
  name: string;
  sections: SectionLayout[];
  more: FormRowLayout[];
}

const TEXTS = ["text", "code", "email", "long"];

/** Fields that are set together with another one, and how the two are drawn. */
const TOGETHER: { name: string; draw: Drawing; with: string }[] = [
  { name: "account", draw: "account", with: "seen_accounts" },
  { name: "further_accounts", draw: "accounts", with: "seen_accounts" },
  { name: "read_addresses", draw: "addresses", with: "write_addresses" },
  { name: "password", draw: "password", with: "invited" },
];

function alone(field: FieldInfo): FormRowLayout {
  return { name: field.name, draw: TEXTS.includes(field.kind) ? "text" : (field.kind as Drawing), fields: [field] };
}

function rowsOf(fields: FieldInfo[]): FormRowLayout[] {
  const named = new Map(fields.map((field) => [field.name, field]));
  const pairs = TOGETHER.filter((pair) => named.has(pair.name) && named.has(pair.with));
  const taken = new Set(pairs.map((pair) => pair.with));
  return fields
    .filter((field) => !taken.has(field.name))
    .map((field) => {
      const pair = pairs.find((each) => each.name === field.name);
      const other = pair && named.get(pair.with);
      return pair && other ? { name: field.name, draw: pair.draw, fields: [field, other] } : alone(field);
    });
}

function sectionsOf(fields: FieldInfo[], rows: FormRowLayout[]): SectionLayout[] {
  const names = [...new Set(fields.map((field) => field.section))];
  return names
    .map((name) => ({ name, rows: rows.filter((row) => row.fields[0]?.section === name) }))
    .filter((section) => section.rows.length > 0);
}

/** How a form differs from that of one person. */
interface Differing {
  /** Whether every field has a row of its own. */
  apart?: boolean;
  /** Fields that the form has; all without it. */
  has?: (field: FieldInfo) => boolean;
}

/** The tabs of a desk's form of people. What the desk does not take stands at the end of its tab; a tab without anything that it takes is left out. */
export function layoutOf(desk: DeskForm, { apart = false, has = () => true }: Differing = {}): TabLayout[] {
  const invites = desk.password.ways.includes("invitation");
  // A desk that never invites has no use for the day of it.
  const takes = (field: FieldInfo) => field.known && (field.name !== "invited" || invites);
  const all = desk.user.fields.filter(has);
  const tabs = [...new Set(all.map((field) => field.tab))];
  const shown = tabs.filter((tab) => all.some((field) => field.tab === tab && takes(field)));
  const last = shown.at(-1);
  return shown.map((name) => {
    const own = all.filter((field) => field.tab === name && takes(field));
    const rest = all.filter((field) => !takes(field) && (field.tab === name || (name === last && !shown.includes(field.tab))));
    return { name, sections: sectionsOf(own, apart ? own.map(alone) : rowsOf(own)), more: rest.map(alone) };
  });
}

/** Where a field stands. */
export interface Place {
  tab: string;
  /** Whether it is behind "More fields". */
  more: boolean;
  /** The row that holds it. */
  row: string;
}

/** Where a field stands; the first tab for what is none. */
export function placeOf(tabs: TabLayout[], field: string): Place {
  const holds = (row: FormRowLayout) => row.fields.some((each) => each.name === field);
  for (const tab of tabs) {
    const row = tab.sections.flatMap((section) => section.rows).find(holds);
    if (row) return { tab: tab.name, more: false, row: row.name };
    const behind = tab.more.find(holds);
    if (behind) return { tab: tab.name, more: true, row: behind.name };
  }
  return { tab: tabs[0]?.name ?? "", more: false, row: field };
}
