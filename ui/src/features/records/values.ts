import type { FieldValue } from "@/bridge/types";

/** Values by the form's field names. */
export type Values = Record<string, FieldValue>;

/** The text of a value; "" for what holds none. */
export const textOf = (value: FieldValue | undefined): string => (typeof value === "string" ? value : "");

/** A value without regard to the order of what it lists. */
const plain = (value: FieldValue | undefined): string =>
  Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort().join("\n") : JSON.stringify(value ?? "");

/** The fields in which two forms differ. */
export function dirtyFields(base: Values, form: Values): string[] {
  return Object.keys(form).filter((field) => plain(base[field]) !== plain(form[field]));
}

/** What I changed since `old`, put on top of what is saved now. */
export function rebase(old: Values, now: Values, mine: Values): Values {
  return { ...now, ...Object.fromEntries(dirtyFields(old, mine).map((field) => [field, mine[field] ?? ""])) };
}
