import type { DeskForm, FieldEdit, FieldInfo, FieldValue } from "@/bridge/types";

/** What is done to a list: these are added, removed, or become the whole of it. */
export type How = "add" | "remove" | "set";

/** A field that somebody touched: what is to become of it. */
export interface Touch {
  how: How;
  value: FieldValue;
}

/** The touched fields by name; every other one stays as it is in everybody. */
export type Touched = ReadonlyMap<string, Touch>;

const LISTS = ["many", "rights", "levels"];

/** Whether a field holds a list, to which can be added. */
export const isList = (field: FieldInfo): boolean => LISTS.includes(field.kind);

/** Whether a touch asks for anything: adding nothing and removing nothing is as good as untouched. */
export function asks({ how, value }: Touch): boolean {
  return how === "set" || !Array.isArray(value) || value.length > 0;
}

/** With a field touched. */
export function touching(touched: Touched, field: string, touch: Touch): Touched {
  return new Map([...touched, [field, touch]]);
}

/** With a field as it was. */
export function letting(touched: Touched, field: string): Touched {
  return new Map([...touched].filter(([name]) => name !== field));
}

/** What is sent: the touched fields, in the form's order. */
export function editsOf(desk: DeskForm, touched: Touched): FieldEdit[] {
  return desk.user.fields.flatMap(({ name }) => {
    const touch = touched.get(name);
    return touch && asks(touch) ? [{ field: name, how: touch.how, value: touch.value }] : [];
  });
}

/** A section of the editor: fields that stand together in the form. */
export interface Section {
  name: string;
  fields: FieldInfo[];
}

/** What several people cannot have in common, or what is typed for one person at a time. */
function canBeEdited(field: FieldInfo, people: number): boolean {
  return field.kind !== "custom" && !(field.name === "login" && people > 1);
}

/** The fields by section: those the desk takes, and those that are kept without it. */
export function sectionsOf(desk: DeskForm, people: number): { known: Section[]; more: FieldInfo[] } {
  const fields = desk.user.fields.filter((field) => canBeEdited(field, people));
  const known = fields.filter((field) => field.known);
  const names = [...new Set(known.map((field) => field.section))];
  return {
    known: names.map((name) => ({ name, fields: known.filter((field) => field.section === name) })),
    more: fields.filter((field) => !field.known),
  };
}
