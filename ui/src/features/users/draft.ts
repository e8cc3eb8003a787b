import type { GroupRight, UserForm } from "@/bridge/types";

/** A field of the form. */
export type Field = keyof UserForm;

/** No right on a group. */
export const NO_RIGHT = "none";

/** Rights and links without regard to their order, as they mean the same. */
function plain(form: UserForm, field: Field): string {
  if (field === "further_accounts") return JSON.stringify(form.further_accounts);
  if (field !== "groups") {
    const value = form[field];
    return Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort().join("\n") : String(value);
  }
  const rights = form.groups
    .filter((right) => right.permissions.length > 0)
    .map((right) => `${right.group} ${[...right.permissions].sort().join(" ")}`);
  return rights.sort().join("\n");
}

/** Whether two forms have the same in a field. */
export function sameField(a: UserForm, b: UserForm, field: Field): boolean {
  return plain(a, field) === plain(b, field);
}

/** The fields in which a form differs from what is saved. */
export function dirtyFields(base: UserForm, form: UserForm): Field[] {
  return (Object.keys(form) as Field[]).filter((field) => !sameField(base, form, field));
}

/** The form with some fields as another form has them. */
export function withFieldsOf(form: UserForm, other: UserForm, fields: Iterable<Field>): UserForm {
  return { ...form, ...Object.fromEntries([...fields].map((field) => [field, other[field]])) };
}

/** What I changed since `old`, put on top of what is saved now; `theirs` are fields in which what is saved now stays. */
export function rebase(old: UserForm, now: UserForm, mine: UserForm, theirs: ReadonlySet<Field> = new Set()): UserForm {
  return withFieldsOf(now, mine, dirtyFields(old, mine).filter((field) => !theirs.has(field)));
}

function permissionsOn(groups: GroupRight[], group: string): string[] {
  return groups.find((right) => right.group === group)?.permissions ?? [];
}

/** The right on a group: the strongest of the desk's keys (weakest first) that is there. */
export function rightOn(groups: GroupRight[], group: string, keys: readonly string[]): string {
  const permissions = permissionsOn(groups, group);
  return keys.findLast((key) => permissions.includes(key)) ?? NO_RIGHT;
}

/** Permissions on a group beside the desk's usual ones: its own keys, which stand side by side. */
export function ownKeysOn(groups: GroupRight[], group: string, keys: readonly string[]): string[] {
  return permissionsOn(groups, group).filter((key) => !keys.includes(key));
}

function withPermissions(groups: GroupRight[], group: string, permissions: string[]): GroupRight[] {
  const others = groups.filter((each) => each.group !== group);
  return permissions.length === 0 ? others : [...others, { group, permissions }];
}

/** The rights with another one on a group; the desk's own keys stay. */
export function withRight(groups: GroupRight[], group: string, right: string, keys: readonly string[]): GroupRight[] {
  return withPermissions(groups, group, [...ownKeysOn(groups, group, keys), ...(right === NO_RIGHT ? [] : [right])]);
}

/** The rights with one of the desk's own keys set or taken away on a group. */
export function withOwnKey(groups: GroupRight[], group: string, key: string, on: boolean): GroupRight[] {
  const others = permissionsOn(groups, group).filter((each) => each !== key);
  return withPermissions(groups, group, on ? [...others, key] : others);
}

/** Whether two sets of rights have the same on a group. */
export function sameRight(a: GroupRight[], b: GroupRight[], group: string): boolean {
  return [...permissionsOn(a, group)].sort().join(" ") === [...permissionsOn(b, group)].sort().join(" ");
}
