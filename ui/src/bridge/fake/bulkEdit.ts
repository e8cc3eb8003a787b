import type { FieldEdit, FieldValue, GroupRight, ObjectRight, UserForm } from "../bindings.gen";

const LEVELS = ["view", "create", "edit", "delete", "full"];

/** Gives at least these permissions: a stronger one stays, a weaker one gives way. */
function grant(rights: GroupRight[], { group, permissions }: GroupRight, ladder: string[]): GroupRight[] {
  const held = rights.find((right) => right.group === group)?.permissions ?? [];
  const next = permissions.reduce((keys, key) => {
    const rung = ladder.indexOf(key);
    const strongest = Math.max(-1, ...keys.map((other) => ladder.indexOf(other)));
    if (keys.includes(key) || (rung >= 0 && rung <= strongest)) return keys;
    return [...(rung >= 0 ? keys.filter((other) => !ladder.includes(other)) : keys), key];
  }, held);
  return [...rights.filter((right) => right.group !== group), { group, permissions: next }];
}

function without(rights: GroupRight[], gone: GroupRight[]): GroupRight[] {
  return rights.flatMap((right) => {
    const of = gone.filter((one) => one.group === right.group);
    if (of.some((one) => one.permissions.length === 0)) return [];
    const permissions = right.permissions.filter((key) => !of.some((one) => one.permissions.includes(key)));
    return permissions.length > 0 ? [{ ...right, permissions }] : [];
  });
}

function raise(rights: ObjectRight[], wanted: ObjectRight): ObjectRight[] {
  const held = Math.max(-1, ...rights.filter((right) => right.object === wanted.object).map((right) => LEVELS.indexOf(right.level)));
  if (held >= LEVELS.indexOf(wanted.level)) return rights;
  return [...rights.filter((right) => right.object !== wanted.object), wanted];
}

/** Whoever has the group gets these permissions in the place of those on the ladder. */
const changed = (rights: GroupRight[], wanted: GroupRight[], ladder: string[]): GroupRight[] =>
  rights.map((right) => {
    const to = wanted.find((one) => one.group === right.group);
    if (!to || !right.permissions.some((key) => ladder.includes(key))) return right;
    return { ...right, permissions: [...right.permissions.filter((key) => !ladder.includes(key)), ...to.permissions] };
  });

/** Custom fields with the named ones as they are given, or without them. */
function custom(held: string, named: string, add: boolean): string {
  const read = (text: string): Record<string, string> => (text === "" ? {} : (JSON.parse(text) as Record<string, string>));
  const [before, by] = [read(held), read(named)];
  const after = add ? { ...before, ...by } : Object.fromEntries(Object.entries(before).filter(([name]) => !(name in by)));
  return Object.keys(after).length === 0 ? "" : JSON.stringify(after);
}

function edited(form: UserForm, { field, how, value }: FieldEdit, ladder: string[]): FieldValue {
  const now = form[field as keyof UserForm] as FieldValue;
  if (how === "set") return value;
  if (field === "custom") return custom(now as string, value as string, how === "add");
  if (field === "groups") {
    const [rights, more] = [now as GroupRight[], value as GroupRight[]];
    if (how === "change") return changed(rights, more, ladder);
    return how === "add" ? more.reduce((all, right) => grant(all, right, ladder), rights) : without(rights, more);
  }
  if (field === "objects") {
    const [rights, more] = [now as ObjectRight[], value as ObjectRight[]];
    if (how === "add") return more.reduce(raise, rights);
    if (how === "change") return rights.map((right) => more.find((one) => one.object === right.object) ?? right);
    return rights.filter((right) => !more.some((gone) => gone.object === right.object && (gone.level === "" || gone.level === right.level)));
  }
  const [list, more] = [now as string[], value as string[]];
  return how === "add" ? [...list, ...more.filter((id) => !list.includes(id))] : list.filter((id) => !more.includes(id));
}

/** The form after some edits. */
export function editedForm(form: UserForm, edits: FieldEdit[], ladder: string[]): UserForm {
  return edits.reduce((next, edit) => ({ ...next, [edit.field]: edited(next, edit, ladder) }), form);
}

/** A value whatever its order: two that mean the same are the same. */
export function plain(value: unknown, field = ""): string {
  if (!Array.isArray(value) || field === "further_accounts") return JSON.stringify(value);
  const each = value.map((one: unknown) => {
    const right = one as GroupRight;
    return JSON.stringify(typeof one === "object" && right.permissions ? { ...right, permissions: [...right.permissions].sort() } : one);
  });
  return each.sort().join("\n");
}

/** The fields in which two forms differ. */
export function differing(before: UserForm, after: UserForm): (keyof UserForm)[] {
  const fields = Object.keys(before) as (keyof UserForm)[];
  return fields.filter((field) => plain(before[field], field) !== plain(after[field], field));
}
