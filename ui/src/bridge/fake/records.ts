import type { DeskForm, EntityForm, FieldValue, RecordChoice } from "../bindings.gen";
import type { FakeRecord } from "./directory";
import forms from "./forms.gen.json";
import type { FakeAccount, FakeGroup, World } from "./world";

const folded = (text: string): string => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

export const textOf = (value: FieldValue | undefined): string => (typeof value === "string" ? value : "");

/** All forms of the world's desk. */
export const formsOf = (world: World): DeskForm => (forms as unknown as Record<string, DeskForm>)[world.desk] as DeskForm;

/** The form of a kind of record; of one that the desk has not, that of another desk. */
export function entityForm(world: World, entity: string): EntityForm {
  const all = [formsOf(world), ...Object.values(forms as unknown as Record<string, DeskForm>)];
  return all.flatMap((desk) => desk.entities).find((form) => form.entity === entity) ?? { entity, fields: [] };
}

/** What stands in an empty form. */
export function emptyValues(form: EntityForm): Record<string, FieldValue> {
  const empty = (field: EntityForm["fields"][number]): FieldValue => {
    if (field.kind === "flag") return field.name === "inherits";
    if (field.kind === "status") return "valid";
    return ["levels", "many", "rights"].includes(field.kind) ? [] : "";
  };
  return Object.fromEntries(form.fields.map((field) => [field.name, empty(field)]));
}

function ofAccount(world: World, account: FakeAccount): FakeRecord {
  const { id, key, name, status, present, kept } = account;
  const values = { ...emptyValues(entityForm(world, "account")), ...kept?.values, key, name, status };
  return { id, present, values, version: kept?.version ?? 1, base: kept ? kept.base : values };
}

function ofGroup(world: World, group: FakeGroup): FakeRecord {
  const { id, name, description, kept } = group;
  const values = { ...emptyValues(entityForm(world, "permission_group")), ...kept?.values, name, description };
  return { id, present: true, values, version: kept?.version ?? 1, base: kept ? kept.base : values };
}

/** All records of a kind, people, accounts and groups among them. */
export function recordsOf(world: World, entity: string): FakeRecord[] {
  if (entity === "external_user") {
    return [...world.people.values()].map(({ id, form, base, version }) => {
      const values = form as unknown as Record<string, FieldValue>;
      return { id, values, present: true, version, base: base as unknown as Record<string, FieldValue> | null };
    });
  }
  if (entity === "account") return world.accounts.map((account) => ofAccount(world, account));
  if (entity === "permission_group") return world.groups.map((group) => ofGroup(world, group));
  return [...(world.directory.get(entity)?.values() ?? [])];
}

/** Puts a record into the world, in the place of the one with its id; null takes it out. */
export function putRecord(world: World, entity: string, id: string, record: FakeRecord | null): void {
  if (entity === "external_user") {
    const person = world.people.get(id);
    if (person && record) world.people.set(id, { ...person, form: record.values as unknown as typeof person.form, version: record.version });
  } else if (entity === "account") {
    const old = world.accounts.find((one) => one.id === id);
    const others = world.accounts.filter((one) => one.id !== id);
    const next = record && { id, key: textOf(record.values.key), name: textOf(record.values.name), status: textOf(record.values.status), present: record.present, rights: old?.rights ?? [], kept: record };
    world.accounts = next ? [...others, next] : others;
  } else if (entity === "permission_group") {
    const old = world.groups.find((one) => one.id === id);
    const others = world.groups.filter((one) => one.id !== id);
    const next = record && { id, name: textOf(record.values.name), description: textOf(record.values.description), queues: old?.queues ?? [], kept: record };
    world.groups = next ? [...others, next] : others;
  } else {
    const all = world.directory.get(entity) ?? new Map<string, FakeRecord>();
    if (record) all.set(id, record);
    else all.delete(id);
    world.directory.set(entity, all);
  }
}

/** A record as a field offers it. */
export function choiceOf(world: World, { id, values, present }: FakeRecord): RecordChoice {
  const text = (field: string): string => textOf(values[field]);
  const key = text("login") || text("key") || text("number") || text("path");
  const full = `${text("first_name")} ${text("last_name")}`.trim();
  const name = full || text("name") || text("title") || key || text("email");
  const account = world.accounts.find((one) => one.id === text("account"))?.name;
  const note = full && values.groups === undefined ? (account ?? "") : text("email") || text("city") || text("kind") || text("description");
  return { id, key: key || (full ? text("email") : name), name, note, present };
}

/** Records in which every word of the text occurs, by name. */
export function searchRecords(world: World, entity: string, text: string, limit: number): RecordChoice[] {
  return matching(world, entity, text)
    .map((one) => choiceOf(world, one))
    .slice(0, limit);
}

/** The same as records. */
export function matching(world: World, entity: string, text: string): FakeRecord[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const named = recordsOf(world, entity).map((record) => ({ record, choice: choiceOf(world, record) }));
  return named
    .filter(({ choice }) => words.every((word) => folded(`${choice.key} ${choice.name} ${choice.note}`).includes(word)))
    .sort((a, b) => folded(a.choice.name).localeCompare(folded(b.choice.name)))
    .map(({ record }) => record);
}

/** The records with these ids, in this order. */
export function labelsOf(world: World, entity: string, ids: readonly string[]): RecordChoice[] {
  const all = recordsOf(world, entity);
  return ids.flatMap((id) => all.filter((one) => one.id === id)).map((one) => choiceOf(world, one));
}
