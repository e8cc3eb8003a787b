import type { ChangeRow, DeleteHow, FieldProblem, FieldValue, RecordDetail, RecordQuery, RecordRow, SaveRecord, TreeNode } from "../bindings.gen";
import type { Commands } from "../client";
import type { FakeRecord } from "./directory";
import { exposureOf } from "./exposure";
import { choiceOf, emptyValues, entityForm, formsOf, labelsOf, matching, putRecord, recordsOf, searchRecords, textOf } from "./records";
import { released, rightsOf, usesOf } from "./recordUses";
import { Refusal } from "./refusal";
import { MODELLED } from "./scenario";
import type { World } from "./world";

type Values = Record<string, FieldValue>;

/** What these commands need of the fake program. */
interface Desk {
  open(): World;
  record(intent: string, detail: [string, string][], lines: ChangeRow["lines"], back: () => void, forth: () => void): number;
  tell(...tags: string[]): void;
  readonly recordDrafts: Map<string, Values>;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const UNIQUE = ["key", "number", "login", "path", "name"];

function find(world: World, entity: string, id: string): FakeRecord {
  const found = recordsOf(world, entity).find((one) => one.id === id);
  if (!found) throw new Refusal("not_found", `there is no ${entity} ${id}`);
  return found;
}

const changed = (record: FakeRecord): boolean => !same(record.values, record.base);

/** What is wrong with a form. */
function problemsOf(world: World, entity: string, id: string | null, values: Values): FieldProblem[] {
  const form = entityForm(world, entity);
  const problem = (field: string, code: string, message: string, detail: [string, string][] = []): FieldProblem => ({ field, code, detail, message, warning: false });
  const saved = id === null ? undefined : find(world, entity, id);
  const found = form.fields.flatMap((field) => {
    const text = textOf(values[field.name]);
    if (field.required && text.trim() === "") return [problem(field.name, "problem.missing", "the desk wants this filled in")];
    if (field.max > 0 && text.length > field.max) {
      return [problem(field.name, "problem.too_long", "too long", [["length", String(text.length)], ["max", String(field.max)]])];
    }
    return [];
  });
  const unique = entity === "contact" ? undefined : UNIQUE.find((name) => form.fields.some((field) => field.name === name));
  const name = unique === undefined ? "" : textOf(values[unique]);
  if (unique !== undefined && name !== "" && recordsOf(world, entity).some((one) => one.id !== id && one.present && one.values[unique] === name)) {
    found.push(problem(unique, "problem.taken", `${name} is taken`, [["value", name]]));
  }
  if (entity === "account" && saved?.base && saved.base.key !== values.key) {
    found.push({ ...problem("key", "not_exported.renamed_account", "not exported"), warning: true });
  }
  return found;
}

function detailOf(desk: Desk, entity: string, record: FakeRecord | null, given: Values = {}): RecordDetail {
  const world = desk.open();
  const form = entityForm(world, entity);
  const values = record?.values ?? { ...emptyValues(form), ...given };
  const draft = desk.recordDrafts.get(record?.id ?? `new ${entity}`) ?? null;
  const named = (one: Values): [string, string][] =>
    form.fields.filter((field) => field.entity).flatMap((field) => {
      const value = one[field.name];
      const ids = Array.isArray(value) ? (value as { object: string }[]).map((right) => right.object) : [textOf(value)];
      return ids.filter(Boolean).map((id): [string, string] => [field.entity, id]);
    });
  const path: RecordDetail["path"] = [];
  for (let parent = textOf(record?.values.parent); parent; parent = textOf(find(world, entity, parent).values.parent)) path.unshift(...labelsOf(world, entity, [parent]));
  return {
    entity, values, path,
    id: record?.id ?? "",
    name: record ? choiceOf(world, record).name : "",
    version: String(record?.version ?? ""),
    in_desk: record ? record.base !== null && record.present : false,
    present: record?.present ?? true,
    draft: draft && !same(draft, values) ? draft : null,
    labels: [...named(values), ...named(draft ?? {})].flatMap(([kind, id]) => labelsOf(world, kind, [id])),
    changed_fields: record ? Object.keys(values).filter((field) => !same(values[field], record.base?.[field])) : [],
    used_by: record ? usesOf(world, entity, record.id) : [],
    rights: record ? rightsOf(world, entity, record.id) : [],
    problems: record ? problemsOf(world, entity, record.id, values) : [],
  };
}

function rowOf(world: World, entity: string, record: FakeRecord): RecordRow {
  const choice = choiceOf(world, record);
  const named = entityForm(world, entity).fields.filter((field) => field.kind === "one");
  const names = named.map((field) => [field.name, labelsOf(world, field.entity, [textOf(record.values[field.name])])[0]?.name ?? ""] as const);
  return {
    id: choice.id, key: choice.key, name: choice.name, present: choice.present,
    status: textOf(record.values.status),
    values: record.values,
    names: Object.fromEntries(names.filter(([, name]) => name !== "")),
    changed: changed(record),
    used: usesOf(world, entity, record.id).filter((use) => !use.own).map(({ entity: kind, field, total }) => ({ entity: kind, field, total })),
    rights: entity === "account" ? rightsOf(world, entity, record.id) : [],
  };
}

function list(world: World, entity: string, query: RecordQuery, offset: number, limit: number) {
  const wanted = (one: FakeRecord): boolean =>
    (!query.changed || changed(one)) &&
    (query.filters ?? []).every(([field, value]) => {
      const has = one.values[field];
      return typeof has === "boolean" ? has === (value === "yes") : has === value;
    });
  const found = matching(world, entity, query.search ?? "").filter(wanted);
  const sort = query.sort ?? "";
  const compared = (one: FakeRecord): string | number => {
    const row = rowOf(world, entity, one);
    if (sort === "used") return row.used.reduce((sum, use) => sum + use.total, 0);
    if (sort === "rights") return row.rights.map((right) => `${right.name} ${right.right}`).join(", ");
    if (sort === "changed") return row.changed ? "changed" : "";
    return row.names[sort] ?? String(one.values[sort] ?? "");
  };
  const order = (a: string | number, b: string | number) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  if (sort !== "" && sort !== "name") found.sort((a, b) => order(compared(a), compared(b)));
  if (query.descending) found.reverse();
  return { total: found.length, rows: found.slice(offset, offset + limit).map((one) => rowOf(world, entity, one)) };
}

/** How many records match a query. */
export const totalOf = (world: World, entity: string, query: RecordQuery): number => list(world, entity, query, 0, 0).total;

function tree(world: World, parent: string | null, offset: number, limit: number) {
  const all = matching(world, "portal_object", "");
  const holders = ["permission_group", "external_user"].map((kind) => recordsOf(world, kind));
  const node = (one: FakeRecord): TreeNode => {
    const choice = choiceOf(world, one);
    const rights = (people: FakeRecord[] | undefined) => (people ?? []).filter((each) => ((each.values.objects ?? []) as { object: string }[]).some((right) => right.object === one.id)).length;
    return {
      id: one.id, key: choice.key, name: choice.name, present: one.present,
      kind: textOf(one.values.kind), status: textOf(one.values.status), inherits: one.values.inherits === true, changed: changed(one),
      children: all.filter((each) => each.values.parent === one.id).length,
      groups: rights(holders[0]), people: rights(holders[1]),
    };
  };
  const found = all.filter((one) => textOf(one.values.parent) === (parent ?? ""));
  return { total: found.length, nodes: found.slice(offset, offset + limit).map(node) };
}

/** A record as saving a form would leave it; refused where the form is not acceptable. */
function formed(world: World, entity: string, before: FakeRecord | null, values: Values): FakeRecord {
  const next = { ...(before?.values ?? emptyValues(entityForm(world, entity))), ...values };
  if (entity === "account" && next.key === "") next.key = next.name ?? "";
  const fields = problemsOf(world, entity, before?.id ?? null, next).filter((problem) => !problem.warning);
  if (fields.length) throw new Refusal("invalid", "The form is not acceptable", { fields });
  const id = before?.id ?? `${entity} ${recordsOf(world, entity).length}`;
  return { id, values: next, present: true, version: (before?.version ?? 0) + 1, base: before?.present ? before.base : null };
}

function save(desk: Desk, { entity, id, version, values }: SaveRecord) {
  const world = desk.open();
  const before = id === null ? null : find(world, entity, id);
  if (before && version !== null && version !== String(before.version)) throw new Refusal("stale", "Somebody changed it meanwhile");
  const after = formed(world, entity, before, values as Values);
  const { id: key, values: next } = after;
  desk.recordDrafts.delete(id ?? `new ${entity}`);
  if (before && same(before.values, next)) return { id: key, change: 0 };
  const { name } = choiceOf(world, after);
  const differing = Object.keys(next).filter((field) => !same(next[field], before?.values[field]) && (before || next[field] !== ""));
  const shown = (field: string, value: FieldValue | undefined): string => {
    const kind = entityForm(world, entity).fields.find((one) => one.name === field)?.entity;
    return kind ? (labelsOf(world, kind, [textOf(value)])[0]?.name ?? "") : String(value ?? "");
  };
  const lines = differing.map((field) => ({
    entity, subject: name, user: null, kind: before ? "update" : "create", field,
    from: before ? shown(field, before.values[field]) : null, to: shown(field, next[field]),
  }));
  const change = desk.record(before ? "intent.save_record" : "intent.create_record", [["entity", entity], ["name", name]], lines,
    () => putRecord(world, entity, key, before), () => putRecord(world, entity, key, after));
  desk.tell("workspace", "users", "preview", "plan", "history");
  return { id: key, change };
}

/** What deleting a record does, there and back; refused where something stands in the way. */
function removal(world: World, entity: string, id: string, { how, to }: DeleteHow) {
  const record = find(world, entity, id);
  const used = usesOf(world, entity, id).filter((use) => !use.own && (how === "refuse" || (how === "unlink" && use.wanted)));
  if (how !== "move" && used.length) {
    const detail = used.map((use) => `${use.entity} ${use.field}: ${use.total} (${use.some.map((one) => one.name).join(", ")})`);
    throw new Refusal("conflict", "Something refers to it", { detail });
  }
  const touched = released(world, entity, id, how === "move" ? to : null);
  return {
    record,
    touched,
    forth: () => {
      for (const one of touched) putRecord(world, one.entity, one.after.id, one.after);
      putRecord(world, entity, id, null);
    },
    back: () => {
      putRecord(world, entity, id, record);
      for (const one of touched) putRecord(world, one.entity, one.before.id, one.before);
    },
  };
}

function remove(desk: Desk, entity: string, id: string, asked: DeleteHow) {
  const world = desk.open();
  const { how, to } = asked;
  const { record, touched, forth, back } = removal(world, entity, id, asked);
  const { name } = choiceOf(world, record);
  const codes: Record<string, string> = { move: "intent.delete_record_moved", unlink: "intent.delete_record_unlinked" };
  const other = to === null ? [] : labelsOf(world, entity, [to]).map((one): [string, string] => ["to", one.name]);
  const line = { entity, subject: name, user: null, kind: "delete", field: "", from: name, to: null };
  const change = desk.record(codes[how] ?? "intent.delete_record", [["entity", entity], ["name", name], ...other], [line], back, forth);
  desk.tell("workspace", "users", "preview", "plan", "history");
  return { change, touched: touched.length };
}

/** What saving a form would do to whom. */
function exposureOfSave(world: World, entity: string, id: string | null, values: Values) {
  const before = id === null ? null : find(world, entity, id);
  const after = formed(world, entity, before, values);
  return exposureOf(world, world.people.keys(), () => {
    putRecord(world, entity, after.id, after);
    return () => putRecord(world, entity, after.id, before);
  });
}

/** What deleting a record would do to whom. */
function exposureOfRemoval(world: World, entity: string, id: string, how: DeleteHow) {
  const { forth, back } = removal(world, entity, id, how);
  return exposureOf(world, world.people.keys(), () => {
    forth();
    return back;
  });
}

function deletion(desk: Desk, entity: string, id: string) {
  const world = desk.open();
  const record = find(world, entity, id);
  const used = usesOf(world, entity, id);
  const inDesk = record.base !== null && record.present;
  const code = world.desk === MODELLED ? (["account", "permission_group"].includes(entity) ? "deactivate" : "not_exported.entity") : "not_exported.delete";
  return { used_by: used, total: used.filter((use) => !use.own).reduce((sum, use) => sum + use.total, 0), desk: inDesk ? code : "none", desk_text: "" };
}

/** The commands of records of every kind. */
export function recording(desk: Desk) {
  return {
    searchRecords: (entity, text, limit) => searchRecords(desk.open(), entity, text, limit),
    labels: (entity, ids) => labelsOf(desk.open(), entity, ids),
    countRecords: () => formsOf(desk.open()).entities.map(({ entity }) => ({ entity, total: recordsOf(desk.open(), entity).length })),
    listRecords: (entity, query, offset, limit) => list(desk.open(), entity, query, offset, limit),
    portalTree: (parent, offset, limit) => tree(desk.open(), parent, offset, limit),
    getRecord: (entity, id) => detailOf(desk, entity, find(desk.open(), entity, id)),
    newRecord: (entity, given) => detailOf(desk, entity, null, given as Values),
    checkRecord: (entity, id, values) => problemsOf(desk.open(), entity, id, values as Values),
    exposureOfRecord: (entity, id, values) => exposureOfSave(desk.open(), entity, id, values as Values),
    exposureOfDeletion: (entity, id, how) => exposureOfRemoval(desk.open(), entity, id, how),
    saveRecord: (input) => save(desk, input),
    deletion: (entity, id) => deletion(desk, entity, id),
    deleteRecord: (entity, id, how) => remove(desk, entity, id, how),
    putRecordDraft: (entity, id, values) => {
      desk.recordDrafts.set(id ?? `new ${entity}`, structuredClone(values as Values));
      return null;
    },
    discardRecordDraft: (entity, id) => {
      desk.recordDrafts.delete(id ?? `new ${entity}`);
      return null;
    },
  } satisfies Partial<{ [K in keyof Commands]: (...args: Parameters<Commands[K]>) => unknown }>;
}
