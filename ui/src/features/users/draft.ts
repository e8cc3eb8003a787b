import type { GroupRight, UserForm } from "@/bridge/types";

/** A field of the form. */
export type Field = keyof UserForm;
/** A field that holds a text. */
export type TextField = Exclude<Field, "further_accounts" | "groups">;

/** The right on a group as the form shows it. */
export type Right = "none" | "ro" | "rw";

/** Rights and account links without regard to their order, as they mean the same. */
function plain(form: UserForm, field: Field): string {
  if (field === "further_accounts") return JSON.stringify(form.further_accounts);
  if (field !== "groups") return form[field];
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

/** The form with one field as another form has it. */
export function withFieldOf(form: UserForm, other: UserForm, field: Field): UserForm {
  return { ...form, [field]: other[field] };
}

/** What I changed since `old`, put on top of what is saved now. */
export function rebase(old: UserForm, now: UserForm, mine: UserForm): UserForm {
  return dirtyFields(old, mine).reduce((form, field) => withFieldOf(form, mine, field), now);
}

/** The right on a group, without the desk's own keys. */
export function rightOn(groups: GroupRight[], group: string): Right {
  const permissions = groups.find((right) => right.group === group)?.permissions ?? [];
  if (permissions.includes("rw")) return "rw";
  return permissions.includes("ro") ? "ro" : "none";
}

/** Permissions on a group other than ro and rw: the desk's own keys, which stay as they are. */
export function otherPermissions(groups: GroupRight[], group: string): string[] {
  const permissions = groups.find((right) => right.group === group)?.permissions ?? [];
  return permissions.filter((key) => key !== "ro" && key !== "rw");
}

/** The rights with another one on a group; the desk's own keys stay. */
export function withRight(groups: GroupRight[], group: string, right: Right): GroupRight[] {
  const permissions = [...otherPermissions(groups, group), ...(right === "none" ? [] : [right])];
  const others = groups.filter((each) => each.group !== group);
  return permissions.length === 0 ? others : [...others, { group, permissions }];
}
