import type { ChangeLine, ExportReport, ImportReport, NotExported, PlanOperation, PlanView, UserForm } from "../bindings.gen";
import { MODELLED } from "./scenario";
import type { FakePerson, World } from "./world";

const nameOf = (form: UserForm): string => `${form.first_name} ${form.last_name}`.trim() || form.login;
const or = (value: string): string | null => (value === "" ? null : value);

/** What differs between two forms, one line a field, account or group. */
export function linesOf(world: World, id: string, before: UserForm | null, after: UserForm): ChangeLine[] {
  const subject = nameOf(after);
  const line = (entity: string, kind: string, field: string, from: string | null, to: string | null): ChangeLine => ({
    entity, subject, user: id, kind, field, from, to,
  });
  const account = (key: string): string => world.accounts.find((one) => one.id === key)?.key ?? key;
  const lines: ChangeLine[] = before ? [] : [line("external_user", "create", "login", null, after.login)];
  for (const key of Object.keys(after) as (keyof UserForm)[]) {
    if (key === "groups" || key === "further_accounts" || (!before && key === "login")) continue;
    const from = before ? String(before[key]) : "";
    const to = String(after[key]);
    if (from === to) continue;
    const shown = (value: string) => or(key === "account" ? account(value) : value);
    lines.push(line("external_user", before ? "update" : "create", key, shown(from), shown(to)));
  }
  const rights = (form: UserForm | null): string[] =>
    (form?.groups ?? []).flatMap((link) => link.permissions.map((one) => `${world.groups.find((group) => group.id === link.group)?.name ?? link.group} ${one}`));
  const compare = (entity: string, from: string[], to: string[]) => {
    for (const gone of from.filter((one) => !to.includes(one))) lines.push(line(entity, "unlink", gone, gone, null));
    for (const added of to.filter((one) => !from.includes(one))) lines.push(line(entity, "link", added, null, added));
  };
  compare("user_group", rights(before), rights(after));
  compare("user_account", (before?.further_accounts ?? []).map(account), after.further_accounts.map(account));
  return lines;
}

const TABLES: Record<string, string> = { external_user: "customer_user", user_group: "group_customer_user", user_account: "customer_user_customer" };

const change = (line: ChangeLine) => ({ field: line.field, old: line.from, new: line.to });

/** A link as the desk's tables hold it: whom, to what, and with which permission. */
function linkChanges(person: FakePerson, line: ChangeLine): PlanOperation["changes"] {
  const [target = "", permission] = line.field.split(" ");
  const one = (field: string, value: string) => ({ field, old: line.to === null ? value : null, new: line.to === null ? null : value });
  const to = line.entity === "user_group" ? [one("group", target), one("permission", permission ?? "")] : [one("account", target)];
  return [one("user", person.base?.login ?? person.form.login), ...to];
}

/** Where operations go in desks that take no SQL. */
const WORKLIST = "worklist.html";
const CALLS = "calls.jsonl";

/** The files of an export. */
const FILES: Record<string, readonly string[]> = {
  otobo: ["postgresql.sql", "mysql.sql", "console.sh", "README.txt"],
  zoho: ["README.txt", CALLS, WORKLIST, "worklist.csv", "contacts.csv"],
  innosoft: ["README.txt", WORKLIST, "worklist.csv", "external-users.csv"],
};

export function filesOf(desk: string): ExportReport["files"] {
  const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  const names = FILES[desk] ?? ["README.txt", WORKLIST, "worklist.csv"];
  return names.map((name, index) => ({ name, sha256, bytes: 4210 - index * 811 }));
}

function targetOf(world: World, entity: string, kind: string): string {
  if (world.desk === MODELLED) return TABLES[entity] ?? entity;
  return world.desk === "zoho" && kind !== "deactivate" && !(kind === "unlink" && entity === "user_account") ? CALLS : WORKLIST;
}

function operationsOf(world: World, person: FakePerson): PlanOperation[] {
  const lines = linesOf(world, person.id, person.base, person.form);
  const fields = lines.filter((line) => line.entity === "external_user" && !(person.base && line.field === "login") && !(line.field === "password" && line.to === "initial"));
  const operation = (kind: string, entity: string, changes: PlanOperation["changes"]): PlanOperation => ({
    kind, entity, key: person.base?.login ?? person.form.login, subject: nameOf(person.form), user: person.id, changes,
    target: targetOf(world, entity, kind),
  });
  const ends = fields.some((line) => line.field === "status" && line.to !== "valid");
  const first = fields.length ? [operation(person.base ? (ends ? "deactivate" : "update") : "create", "external_user", fields.map(change))] : [];
  return [...first, ...lines.filter((line) => line.entity !== "external_user").map((line) => operation(line.kind, line.entity, linkChanges(person, line)))];
}

function notExported(world: World, person: FakePerson): NotExported[] {
  return [...renamed(world, person), ...waiting(person)];
}

/** Why a desk takes no other login; the others take it. */
const LOGIN_STAYS: Record<string, string> = {
  otobo: "not_exported.renamed_login",
  daktela: "not_exported.fixed_login",
  zoho: "not_exported.login_is_email",
};

/** Somebody for whom the export makes a password only when it is asked to. */
function waiting({ base, form }: FakePerson): NotExported[] {
  if (form.password !== "initial") return [];
  const reason = "Initial passwords are made only when the export is asked for them.";
  return [{ entity: "external_user", key: base?.login ?? form.login, field: "password", reason, code: "not_exported.password_initial", old: "unchanged", new: "initial" }];
}

function renamed(world: World, person: FakePerson): NotExported[] {
  const code = LOGIN_STAYS[world.desk];
  if (!code || !person.base || person.base.login === person.form.login) return [];
  return [{
    entity: "external_user",
    key: person.base.login,
    field: "login",
    reason: "Renaming a login drops its group and account links. Create the person anew and set the old one invalid.",
    code,
    old: person.base.login,
    new: person.form.login,
  }];
}

export function planOf(world: World, concerns = Number.POSITIVE_INFINITY): PlanView {
  const people = [...world.people.values()];
  const operations = people.flatMap((person) => operationsOf(world, person));
  const cannot = people.flatMap((person) => notExported(world, person));
  const whose = [...new Set(operations.map((operation) => operation.user))];
  const shown = new Set(whose.slice(0, concerns));
  const kinds = ["create", "update", "deactivate", "link", "unlink"].map((kind) => operations.filter((operation) => operation.kind === kind));
  const logins = people.map((person) => person.form.login);
  const doubled = logins.filter((login, index) => logins.indexOf(login) !== index);
  return {
    operations: operations.filter((operation) => shown.has(operation.user)),
    total: operations.length,
    concerns: whose.length,
    kinds: kinds.flatMap((here) => (here[0] ? [{ kind: here[0].kind, count: here.length, targets: [...new Set(here.map((operation) => operation.target))] }] : [])),
    not_exported: cannot.slice(0, concerns),
    not_exported_total: cannot.length,
    refused: doubled.map((login) => `The login ${login} stands twice`),
    conflicts: world.conflicts.length,
    initial_passwords: people.filter(({ form }) => form.password === "initial").length,
    since: "2026-11-20T16:42:00Z",
    mark: String(logins.length),
  };
}

/** What an import of the fake says. */
export function reportOf(dryRun: boolean): ImportReport {
  return {
    counts: [
      { kind: "external_users", added: 3, changed: 7, removed: 1 },
      { kind: "accounts", added: 0, changed: 1, removed: 0 },
      { kind: "groups", added: 0, changed: 0, removed: 0 },
      { kind: "user_groups", added: 9, changed: 0, removed: 2 },
      { kind: "tickets", added: 1840, changed: 212, removed: 0 },
      { kind: "activities", added: 5121, changed: 0, removed: 0 },
    ],
    conflicts: 1,
    unknown: ["Ticket::Frontend::CustomerDisableCompanyTicketAccess"],
    findings: [
      { file: "customer_user.csv", line: 41, column: "customer_id", code: "source.otobo.no_customer", detail: [["key", "PORTO"], ["rows", "3"]], message: "the customer PORTO (3 rows) has no record in customer_company" },
      { file: "group_customer_user.csv", line: 7, column: "", code: "source.otobo.doubled", detail: [["what", "jana.novakova / network ro"], ["times", "2"]], message: "jana.novakova / network ro stands 2 times; it counts once" },
      { file: "customer_user.csv", line: 88, column: "login", code: "source.otobo.only_case", detail: [["key", "p.novak"], ["line", "41"]], message: "p.novak differs only in case from the one on line 41; PostgreSQL keeps them apart in links, MySQL does not" },
    ],
    more_findings: 0,
    misfits: [
      {
        entity: "external_user",
        problem: { field: "email", code: "problem.email", detail: [], message: "this is no e-mail address", warning: true },
        count: 12,
        examples: ["a.kral", "b.maly", "c.novy", "d.horak", "e.vesela"],
      },
    ],
    as_of: "2026-11-22T16:53:00Z",
    tables: [],
    dry_run: dryRun,
    exposure: dryRun
      ? {
          people: 42,
          affected: 3,
          gaining: 2,
          losing: 1,
          gained: 31,
          lost: 4,
          tickets_gained: 29,
          tickets_lost: 4,
          logins_gained: 0,
          logins_lost: 1,
          unknown: 0,
          complete: true,
          by: "queue",
          places: [{ place: "Network", gained: 29, lost: 4 }],
          places_total: 1,
          examples: [
            { id: "jana", login: "jana.novakova", name: "Jana Nováková", account: "ACME s.r.o.", gained: 24, lost: 0, login_change: "", gained_tickets: [], lost_tickets: [] },
            { id: "petr", login: "p.kral", name: "Petr Král", account: "ACME s.r.o.", gained: 0, lost: 4, login_change: "lost", gained_tickets: [], lost_tickets: [] },
          ],
          accounts: [{ id: "acme", name: "ACME s.r.o.", people: 3, gaining: 2, losing: 1, gained: 31, lost: 4 }],
          accounts_total: 1,
          doubtful: [],
          broken: [],
          assumed: [],
        }
      : null,
  };
}
