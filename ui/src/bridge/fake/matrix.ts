import type {
  ChangeRow,
  DeskForm,
  Exposure,
  MatrixAim,
  MatrixCell,
  MatrixColumnEdit,
  MatrixEdits,
  MatrixHead,
  MatrixQuery,
  MatrixRow,
  MatrixSaved,
} from "../bindings.gen";
import { settingOf } from "./access";
import { exposureOf } from "./exposure";
import { Refusal } from "./refusal";
import type { FakeAccount, FakePerson, World } from "./world";

/** What the commands need of the desk that plays. */
interface Played {
  open(): World;
  form(): DeskForm;
  record(intent: string, detail: [string, string][], lines: ChangeRow["lines"], back: () => void, forth: () => void): number;
  tell(...tags: string[]): void;
}

type Rights = Map<string, string[]>;

const SUPPORT = "CustomerGroupSupport";
const OTHER = "CustomerGroupPermissionContext###100-CustomerID-other";

const folded = (text: string): string => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const contextOf = (context: string | undefined): "Same" | "Other" => (context === "other" ? "Other" : "Same");

function rightsOfAccount(world: World, account: FakeAccount, context: "Same" | "Other"): Rights {
  const rights: Rights = new Map();
  for (const right of account.rights.filter((one) => one.context === context)) {
    const group = world.groups.find((one) => one.name === right.group)?.id ?? "";
    rights.set(group, [...(rights.get(group) ?? []), right.permission].toSorted());
  }
  return rights;
}

const rightsOfPerson = (person: FakePerson): Rights =>
  new Map(person.form.groups.filter((link) => link.permissions.length > 0).map((link) => [link.group, link.permissions.toSorted()]));

const cells = (rights: Rights, base: Rights): MatrixCell[] =>
  [...new Set([...rights.keys(), ...base.keys()])].map((group) => {
    const [now, then] = [rights.get(group) ?? [], base.get(group) ?? []];
    return { group, permissions: now, changed: now.join() !== then.join() };
  });

const originals = new WeakMap<World, Map<string, Rights>>();

/** What the accounts had when the world was first looked at. */
function baseOf(world: World, context: "Same" | "Other"): (account: FakeAccount) => Rights {
  const kept = originals.get(world) ?? new Map<string, Rights>();
  originals.set(world, kept);
  return (account) => {
    const key = `${context} ${account.id}`;
    const rights = kept.get(key) ?? rightsOfAccount(world, account, context);
    kept.set(key, rights);
    return rights;
  };
}

function allRows(world: World, query: MatrixQuery): MatrixRow[] {
  if (query.rows === "users") {
    return [...world.people.values()].map((person) => ({
      id: person.id,
      key: person.form.login,
      first_name: person.form.first_name,
      name: person.form.last_name,
      status: person.form.status,
      present: true,
      people: 0,
      cells: cells(rightsOfPerson(person), person.base ? rightsOfPerson({ ...person, form: person.base }) : new Map()),
    }));
  }
  const context = contextOf(query.context);
  const base = baseOf(world, context);
  return world.accounts.map((account) => ({
    id: account.id,
    key: account.key,
    first_name: "",
    name: account.name,
    status: account.status,
    present: account.present,
    people: [...world.people.values()].filter((person) => person.form.account === account.id).length,
    cells: cells(rightsOfAccount(world, account, context), base(account)),
  }));
}

const held = (row: MatrixRow, group: string): string[] => row.cells.find((cell) => cell.group === group)?.permissions ?? [];

function rowsOf(world: World, query: MatrixQuery, permissions: string[]): MatrixRow[] {
  const words = folded(query.search ?? "").split(/\s+/).filter(Boolean);
  const rank = (row: MatrixRow) => (query.by_group ? Math.max(-1, ...held(row, query.by_group).map((key) => permissions.indexOf(key) + 1)) : 0);
  const name = (row: MatrixRow) => folded(`${row.name} ${row.first_name}`);
  return allRows(world, query)
    .filter((row) => words.every((word) => folded(`${row.key} ${row.first_name} ${row.name}`).includes(word)))
    .filter((row) => !query.status?.length || query.status.includes(row.status))
    .filter((row) => !query.with_people || row.people > 0)
    .filter((row) => !query.with_right || row.cells.some((cell) => cell.permissions.length > 0))
    .filter((row) => !query.on_group || held(row, query.on_group).length > 0)
    .toSorted((a, b) => rank(b) - rank(a) || name(a).localeCompare(name(b)));
}

function headOf(desk: Played, query: MatrixQuery, counted: boolean): MatrixHead {
  const world = desk.open();
  const { permissions } = desk.form();
  const rows = rowsOf(world, query, permissions);
  const lists = world.settings.filter((setting) => setting.kind === "names" && setting.entity === "permission_group");
  const counts = (group: string): [string, number][] => {
    const strongest = rows.map((row) => permissions.toReversed().find((key) => held(row, group).includes(key)) ?? "").filter(Boolean);
    return permissions.map((key): [string, number] => [key, strongest.filter((one) => one === key).length]).filter(([, count]) => count > 0);
  };
  const column = ({ id, name, queues }: World["groups"][number]) => ({
    id,
    name,
    status: "valid",
    queues: queues.toSorted(),
    always: lists.filter((setting) => (settingOf<string[]>(world, setting.name) ?? []).includes(name)).map((setting) => setting.name),
    counts: counted ? counts(id) : [],
    changed: allRows(world, query).some((row) => row.cells.some((cell) => cell.group === id && cell.changed)),
  });
  return {
    permissions,
    of_accounts: true,
    support: lists.length > 0 ? { setting: SUPPORT, on: settingOf<boolean>(world, SUPPORT) } : null,
    other_context: lists.length > 0 ? { setting: OTHER, on: settingOf<boolean>(world, OTHER) } : null,
    total: rows.length,
    all: allRows(world, { rows: query.rows, context: query.context }).length,
    counted,
    columns: world.groups.map(column).toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}

/** A cell as it shall be. */
interface Wanted {
  row: string;
  group: string;
  permissions: string[];
}

/** Puts the cells in; returns what takes them out again. */
function put(world: World, rows: string, context: "Same" | "Other", wanted: Wanted[]): () => void {
  if (rows === "users") {
    const before = wanted.map(({ row }) => world.people.get(row)).filter((person) => person !== undefined);
    for (const { row, group, permissions } of wanted) {
      const person = world.people.get(row);
      if (!person) throw new Refusal("not_found", "There is no such person");
      const groups = person.form.groups.filter((link) => link.group !== group);
      if (permissions.length > 0) groups.push({ group, permissions });
      world.people.set(row, { ...person, version: person.version + 1, form: { ...person.form, groups } });
    }
    return () => before.toReversed().forEach((person) => world.people.set(person.id, person));
  }
  const before = world.accounts;
  world.accounts = before.map((account) => {
    const mine = wanted.filter((one) => one.row === account.id);
    if (mine.length === 0) return account;
    const names = new Map(mine.map((one) => [world.groups.find((group) => group.id === one.group)?.name ?? "", one.permissions]));
    const rest = account.rights.filter((right) => right.context !== context || !names.has(right.group));
    const rights = [...names].flatMap(([group, permissions]) => permissions.map((permission) => ({ group, permission, context })));
    return { ...account, rights: [...rest, ...rights] };
  });
  return () => void (world.accounts = before);
}

function wantedOfColumn(desk: Played, edit: MatrixColumnEdit): Wanted[] {
  const query = edit.query ?? { rows: "accounts" };
  const rows = rowsOf(desk.open(), query, desk.form().permissions);
  const shall = edit.permission ? [edit.permission] : [];
  return rows
    .filter((row) => (edit.only_empty ? held(row, edit.group ?? "").length === 0 : held(row, edit.group ?? "").join() !== shall.join()))
    .map((row) => ({ row: row.id, group: edit.group ?? "", permissions: shall }));
}

function concerned(world: World, rows: string, wanted: Wanted[]): string[] {
  const ids = new Set(wanted.map((one) => one.row));
  if (rows === "users") return [...ids];
  const of = ({ form }: FakePerson) => [form.account, ...form.further_accounts].some((account) => ids.has(account));
  return [...world.people.values()].filter(of).map((person) => person.id);
}

function linesOf(world: World, rows: string, wanted: Wanted[]): ChangeRow["lines"] {
  return wanted.slice(0, 200).map(({ row, group, permissions }) => {
    const person = rows === "users" ? world.people.get(row) : undefined;
    const account = world.accounts.find((one) => one.id === row);
    return {
      entity: rows === "users" ? "user_group" : "account_group",
      subject: person ? `${person.form.first_name} ${person.form.last_name}` : (account?.name ?? ""),
      user: person?.id ?? null,
      kind: permissions.length > 0 ? "link" : "unlink",
      field: `${world.groups.find((one) => one.id === group)?.name ?? ""} ${permissions.join(" ")}`.trim(),
      from: null,
      to: null,
    };
  });
}

/** Rights on groups as a matrix. */
export function matrixCommands(desk: Played) {
  const find = (query: MatrixQuery) => rowsOf(desk.open(), query, desk.form().permissions);
  const exposure = (rows: string, context: "Same" | "Other", wanted: Wanted[]): Exposure =>
    exposureOf(desk.open(), concerned(desk.open(), rows, wanted), () => put(desk.open(), rows, context, wanted));
  const save = (intent: string, detail: [string, string][], rows: string, context: "Same" | "Other", wanted: Wanted[]): MatrixSaved => {
    const touched = new Set(wanted.map((one) => one.row)).size;
    if (wanted.length === 0) return { cells: 0, rows: 0, change: 0 };
    const world = desk.open();
    let back = () => {};
    const change = desk.record(`${intent}_of_${rows}`, detail, linesOf(world, rows, wanted), () => back(), () => (back = put(world, rows, context, wanted)));
    desk.tell("workspace", "users", "preview", "plan", "history");
    return { cells: wanted.length, rows: touched, change };
  };
  const checked = (edits: MatrixEdits): Wanted[] => {
    const rows = allRows(desk.open(), { rows: edits.rows, context: edits.context });
    const now = (row: string, group: string) => held(rows.find((one) => one.id === row) ?? { ...(rows[0] as MatrixRow), cells: [] }, group).join();
    const cells = edits.cells ?? [];
    const stale = cells.filter((cell) => now(cell.row, cell.group) !== cell.before.toSorted().join() && now(cell.row, cell.group) !== cell.permissions.toSorted().join());
    if (stale.length > 0) throw new Refusal("stale", "Somebody changed these cells meanwhile", { detail: stale.map((cell) => rows.find((row) => row.id === cell.row)?.name ?? "") });
    return cells.filter((cell) => now(cell.row, cell.group) !== cell.permissions.toSorted().join());
  };
  let kept: MatrixEdits | null = null;
  return {
    putCells: (edits: MatrixEdits) => {
      kept = edits.cells?.length ? structuredClone(edits) : null;
      return null;
    },
    keptCells: () => kept,
    matrixHead: (query: MatrixQuery, counted: boolean) => headOf(desk, query, counted),
    matrixPage: (query: MatrixQuery, offset: number, limit: number) => {
      const rows = find(query);
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    matrixPlace: (query: MatrixQuery, aim: MatrixAim) => {
      const test = (row: MatrixRow) => (aim.id ? row.id === aim.id : folded(`${row.name} ${row.first_name}`).startsWith(folded(aim.text ?? "")));
      const at = find(query).findIndex(test);
      return at < 0 ? null : at;
    },
    exposureOfCells: (edits: MatrixEdits) => exposure(edits.rows ?? "", contextOf(edits.context), checked(edits)),
    saveCells: (edits: MatrixEdits) => {
      const wanted = checked(edits);
      kept = null;
      return save("intent.rights", [["count", String(edits.cells?.length ?? 0)]], edits.rows ?? "", contextOf(edits.context), wanted);
    },
    countColumn: (edit: MatrixColumnEdit) => wantedOfColumn(desk, edit).length,
    effectOfColumn: (edit: MatrixColumnEdit) => {
      const wanted = wantedOfColumn(desk, edit);
      return { cells: wanted.length, exposure: exposure(edit.query?.rows ?? "", contextOf(edit.query?.context), wanted) };
    },
    saveColumn: (edit: MatrixColumnEdit) => {
      const wanted = wantedOfColumn(desk, edit);
      const group = desk.open().groups.find((one) => one.id === edit.group)?.name ?? "";
      const detail: [string, string][] = [["group", group], ["permission", edit.permission || "–"], ["count", String(wanted.length)]];
      return save("intent.column", detail, edit.query?.rows ?? "", contextOf(edit.query?.context), wanted);
    },
  };
}
