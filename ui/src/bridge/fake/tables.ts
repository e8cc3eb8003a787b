import type { ColumnOrigin, FieldInfo, ImportInput, ImportReport, Problem, TableCell, TableLook, TableMapping, TableRow } from "../bindings.gen";
import type { FakeDesk } from "./index";
import { reportOf } from "./desk";
import { formOf } from "./forms";
import { Refusal } from "./refusal";
import { wordOf, WORDS, sheetsOf } from "./tableFiles";

const TICKET = "ticket";

/** What a column of a table of tickets can be. */
const OF_TICKETS = ["number", "title", "person", "account", "queue", "state", "state_kind", "ticket_type", "priority", "service", "created", "changed", "archived"];

/** Kinds of record of tables, as the program calls them, with the names that they have elsewhere. */
const KINDS: readonly (readonly [string, string])[] = [
  ["accounts", "account"], ["agents", "agent"], ["backends", "backend"], ["groups", "permission_group"], ["queues", "queue"], ["ticket-types", "ticket_type"],
  ["ticket-states", "ticket_state"], ["ticket-priorities", "ticket_priority"], ["services", "service"], ["addresses", "address"], ["contacts", "contact"],
  ["machines", "machine"], ["people", "external_user"], ["objects", "portal_object"], ["tickets", TICKET],
];

const EMPTY_FIELD: FieldInfo = { name: "", kind: "text", entity: "", choices: [], tab: "record", section: "main", known: true, own: false, max: 0, required: false };

const UNTOLD = ["password", "date", "custom", "levels"];

function fieldsOf(desk: string, entity: string): FieldInfo[] {
  const form = formOf(desk);
  if (entity === TICKET) return OF_TICKETS.map((name) => ({ ...EMPTY_FIELD, name, kind: name === "archived" ? "flag" : "text" }));
  const all = entity === "external_user" ? form.user.fields : (form.entities.find((one) => one.entity === entity)?.fields ?? []);
  return all.filter((field) => (field.known || field.kind === "status") && !field.own && !UNTOLD.includes(field.kind));
}

function keysOf(kind: string): string[] {
  if (kind === "accounts") return ["key"];
  if (kind === "tickets") return ["number"];
  if (kind === "objects") return ["desk_key", "path"];
  if (kind === "people" || kind === "agents") return ["desk_key", "login"];
  if (kind === "addresses" || kind === "machines") return ["desk_key", "number"];
  return kind === "contacts" ? ["desk_key", "email", "title"] : ["desk_key", "name"];
}

/** What is remembered of a desk's tables, by kind and heading. */
type Remembered = Map<string, ReadonlyMap<string, string>>;

/** Tables of the fake: looked at, read, and their columns remembered. */
export function tabling(desk: FakeDesk) {
  const remembered: Remembered = new Map();
  return {
    look: (path: string, asked: TableMapping | null, forget: boolean): TableLook => look(desk, remembered, path, asked, forget),
    read: (input: ImportInput, mapping: TableMapping): ImportReport => {
      if (input.path.includes("wrong")) refuse();
      if (!input.dry_run) remembered.set(mapping.kind, new Map([...(remembered.get(mapping.kind) ?? []), ...mapping.columns.map(({ heading, field }) => [heading, field] as const)]));
      return report(mapping, input.dry_run);
    },
  };
}

const problem = (file: string, line: number, column: string, code: string, detail: [string, string][], message: string): Problem => ({ file, line, column, code, detail, message });
const nobody = (line: number, name: string) =>
  problem("people.csv", line, "Firma", "source.table.nobody", [["noun", "account"], ["cell", name]], `no account is called "${name}"; import those first, or do not read this column`);
const problems = (count: number) => Array.from({ length: count }, (_, at) => nobody(at + 2, `Nobody ${at + 1}`));

function refuse(): never {
  const all = problems(1_000);
  const detail = all.map(({ file, line, column, message }) => `${file}:${line} ${column}: ${message}`);
  throw new Refusal("bad_source", "The source cannot be read", { detail: [...detail, "and 234 more"], problems: all });
}

function report(mapping: TableMapping, dryRun: boolean): ImportReport {
  const kind = mapping.kind === "people" ? "external_users" : mapping.kind.replaceAll("-", "_");
  return {
    ...reportOf(dryRun),
    counts: [{ kind, added: 12, changed: 30, removed: 0 }, { kind: "user_groups", added: 9, changed: 0, removed: 2 }],
    conflicts: 0, unknown: [], findings: [], misfits: [], as_of: null,
    tables: [{ kind, all: 412, known: 400, changed: 30 }],
  };
}

function look(desk: FakeDesk, remembered: Remembered, path: string, asked: TableMapping | null, forget: boolean): TableLook {
  const { desk: name } = desk.open();
  const sheets = sheetsOf(path);
  const sheet = sheets.find((one) => one.name === asked?.sheet) ?? sheets[0];
  if (!sheet) throw new Refusal("storage", `${path}: no such file`);
  const bad = path.includes("damaged");
  const { heads, rows } = bad ? { heads: [], rows: [] } : sheet;
  const kind = asked?.kind || sheet.kind;
  const entity = KINDS.find(([one]) => one === kind)?.[1] ?? "";
  const offered = fieldsOf(name, entity);
  const fields = [...(kind === "accounts" || kind === "tickets" ? [] : ["desk_key"]), ...offered.map((field) => field.name)];
  const before = forget ? undefined : remembered.get(kind);
  const given = new Map(asked?.columns.map(({ heading, field }) => [heading, field]));
  const taken = new Set(heads.map((heading) => given.get(heading) ?? before?.get(heading) ?? "").filter(Boolean));
  const columns = heads.map((heading): { heading: string; field: string; origin: ColumnOrigin } => {
    const said = given.get(heading);
    if (said !== undefined) return { heading, field: said, origin: "said" };
    const last = before?.get(heading);
    if (last !== undefined) return { heading, field: last, origin: "remembered" };
    const guess = fields.find((field) => !taken.has(field) && (WORDS[field] ?? [field.replaceAll("_", "")]).includes(wordOf(heading))) ?? "";
    if (guess) taken.add(guess);
    return { heading, field: guess, origin: guess ? "guessed" : "open" };
  });
  const xlsx = path.endsWith(".xlsx");
  return {
    file: path.split("/").at(-1) ?? path,
    sheets: xlsx ? sheets.map((one) => one.name) : [],
    cells: xlsx || path.endsWith("json") ? null : (asked?.cells ?? ";"),
    kinds: KINDS.filter(([, each]) => fieldsOf(name, each).length > 0).map(([one, each]) => ({ name: one, entity: each })),
    mapping: { kind, columns: columns.map(({ heading, field }) => ({ heading, field })), separator: asked?.separator || ";", sheet: asked?.sheet ?? null, cells: asked?.cells ?? null },
    origins: columns.map((column) => column.origin),
    fields,
    keys: keysOf(kind),
    needs: kind === "tickets" ? ["created"] : [],
    rows,
    first: rows.map((row, at) => readRow(desk, offered, keysOf(kind), columns, row, at + 2)),
    problems: bad ? [problem("damaged.xlsx", 0, "", "source.table.incomplete", [], "is no complete workbook (.xlsx), or one with a password; save it again")] : [],
    findings: path.includes("latin") ? [problem("latin.csv", 0, "", "source.table.windows", [], "is not UTF-8, and was read as Windows-1252; look whether letters like ä and é came right")] : [],
  };
}

function readRow(desk: FakeDesk, fields: FieldInfo[], keys: string[], columns: { heading: string; field: string }[], row: string[], line: number): TableRow {
  const cells = columns.flatMap(({ heading, field }, at) => (field === "" ? [] : [readCell(desk, fields.find((one) => one.name === field), heading, row[at] ?? "")]));
  const key = keys.map((one) => columns.findIndex((column) => column.field === one)).find((at) => at >= 0);
  const logins = new Set([...desk.open().people.values()].map((person) => person.form.login));
  const wrong = cells.some((cell) => cell.problem !== null);
  return { line, known: key === undefined || wrong ? null : logins.has(row[key] ?? ""), cells, problem: null };
}

function readCell(desk: FakeDesk, field: FieldInfo | undefined, heading: string, text: string): TableCell {
  const cell = (value: string, problem: Problem | null = null): TableCell => ({ heading, value, problem });
  if (field?.kind === "flag") return cell(["ja", "yes", "1", "x"].includes(text.toLowerCase()) ? "true" : "false");
  if (field?.kind === "status") {
    const status = { gültig: "valid", aktiv: "valid", inaktiv: "invalid", ungültig: "invalid" }[text.toLowerCase()] ?? text;
    return formOf(desk.open().desk).statuses.includes(status) ? cell(status) : cell(text, problem("people.csv", 0, heading, "source.table.status", [["cell", text], ["choices", formOf(desk.open().desk).statuses.join(", ")]], `"${text}" is no status of the desk; there are ${formOf(desk.open().desk).statuses.join(", ")}`));
  }
  if (field?.name === "account" && text !== "") {
    const found = desk.open().accounts.find((one) => one.key === text || one.name === text);
    return found ? cell(found.key) : cell(text, nobody(0, text));
  }
  return cell(text);
}
