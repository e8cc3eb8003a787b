import type { EntityForm, FieldInfo, FieldValue, RecordRight, Usage } from "../bindings.gen";
import type { FakeRecord } from "./directory";
import { choiceOf, entityForm, formsOf, recordsOf, textOf } from "./records";
import type { World } from "./world";

/** Whether a field's value names this record. */
function names(value: FieldValue | undefined, id: string): boolean {
  if (!Array.isArray(value)) return value === id;
  return value.some((one) => (typeof one === "string" ? one : "group" in one ? one.group : one.object) === id);
}

/** The value with another record in the place of this one, or without it. */
function without(value: FieldValue | undefined, id: string, to: string | null): FieldValue {
  if (!Array.isArray(value)) return value === id ? (to ?? "") : (value ?? "");
  const keep = (value as unknown[]).filter((one) => !names([one] as FieldValue, id));
  if (to === null || keep.length === value.length || names(keep as FieldValue, to)) return keep as FieldValue;
  const moved = (value as unknown[]).find((one) => names([one] as FieldValue, id));
  const next = typeof moved === "string" ? to : { ...(moved as object), ...("group" in (moved as object) ? { group: to } : { object: to }) };
  return [...keep, next] as FieldValue;
}

interface Way {
  holder: string;
  field: FieldInfo;
}

/** Every field of every form that can refer to such a record. */
function ways(world: World, entity: string): Way[] {
  const forms: EntityForm[] = [formsOf(world).user, ...formsOf(world).entities.map((form) => entityForm(world, form.entity))];
  return forms.flatMap((form) => form.fields.filter((field) => field.entity === entity && field.known).map((field) => ({ holder: form.entity, field })));
}

const MOST = 8;

/** What refers to a record. */
export function usesOf(world: World, entity: string, id: string): Usage[] {
  const usage = (holder: string, field: string, found: FakeRecord[], own: boolean, wanted: boolean): Usage => ({
    entity: holder, field, total: found.length, own, wanted,
    some: found.map((one) => choiceOf(world, one)).sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST),
  });
  const found = ways(world, entity).map(({ holder, field }) =>
    usage(holder, field.name, recordsOf(world, holder).filter((one) => names(one.values[field.name], id)), false, field.required));
  if (entity === "permission_group") {
    const name = world.groups.find((group) => group.id === id)?.name;
    const accounts = world.accounts.filter((account) => account.rights.some((right) => right.group === name)).map((account) => account.id);
    found.push(usage("account", "groups", recordsOf(world, "account").filter((one) => accounts.includes(one.id)), false, false));
    const own = recordsOf(world, entity).find((one) => one.id === id)?.values.objects;
    found.push(usage("portal_object", "objects", recordsOf(world, "portal_object").filter((one) => names(own, one.id)), true, false));
  }
  if (entity === "account") {
    const rights = world.accounts.find((account) => account.id === id)?.rights.map((right) => right.group) ?? [];
    found.push(usage("permission_group", "groups", recordsOf(world, "permission_group").filter((one) => rights.includes(textOf(one.values.name))), true, false));
  }
  return found.filter((one) => one.total > 0);
}

/** Rights on an object, or of an account. */
export function rightsOf(world: World, entity: string, id: string): RecordRight[] {
  if (entity === "account") {
    return (world.accounts.find((account) => account.id === id)?.rights ?? []).map(({ group, permission, context }) => ({
      entity: "permission_group", id: world.groups.find((one) => one.name === group)?.id ?? "", name: group, right: permission, context: context === "Other" ? "other" : "same",
    }));
  }
  if (entity !== "portal_object") return [];
  return ["permission_group", "external_user"].flatMap((holder) =>
    recordsOf(world, holder).flatMap((one) => {
      const levels = (one.values.objects ?? []) as { object: string; level: string }[];
      return levels.filter((right) => right.object === id).map((right) => ({ entity: holder, id: one.id, name: choiceOf(world, one).name, right: right.level, context: "" }));
    }));
}

/** Records that change when nothing may refer to this one any more: old and new, each with its kind. */
export function released(world: World, entity: string, id: string, to: string | null): { entity: string; before: FakeRecord; after: FakeRecord }[] {
  const found = new Map<string, { entity: string; before: FakeRecord; after: FakeRecord }>();
  for (const { holder, field } of ways(world, entity)) {
    for (const one of recordsOf(world, holder).filter((record) => names(record.values[field.name], id))) {
      const known = found.get(one.id) ?? { entity: holder, before: one, after: { ...one, version: one.version + 1 } };
      const values = { ...known.after.values, [field.name]: without(known.after.values[field.name], id, to) };
      found.set(one.id, { ...known, after: { ...known.after, values } });
    }
  }
  return [...found.values()];
}
