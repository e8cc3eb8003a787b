import { type TabLayout, layoutOf } from "@/bridge/formLayout";
import type { DeskForm, FieldEdit, FieldInfo, FieldValue } from "@/bridge/types";

/** What is done to a list: these are added, removed, or become the whole of it; a right is changed into another one. */
export type How = "add" | "remove" | "change" | "set";

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
  return how === "set" || (value !== "" && (!Array.isArray(value) || value.length > 0));
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

/** The tabs of the editor: those of a person's form, without what several people cannot have in common. */
export function tabsOf(desk: DeskForm, people: number): TabLayout[] {
  return layoutOf(desk, { apart: true, has: (field) => !(field.name === "login" && people > 1) });
}
