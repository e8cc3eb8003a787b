import type { AccountRow, FieldProblem, GroupRow, UserDetail, UserFacets, UserForm, UserQuery, UserRow } from "../bindings.gen";
import { settingOf } from "./access";
import { formOf, textProblems } from "./forms";
import { type FakeAccount, type FakePerson, type World, emptyForm } from "./world";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const folded = (text: string): string => text.toLowerCase();

export const isChanged = (person: FakePerson): boolean => !same(person.form, person.base);

const texts = ["title", "phone", "mobile", "fax", "street", "zip", "city", "country", "description"] as const;

/** What the further columns of a row hold. */
function moreOf(form: UserForm): Record<string, string> {
  const counts = { further_accounts: form.further_accounts.length, groups: new Set(form.groups.map((link) => link.group)).size };
  const cells: [string, string][] = [
    ...texts.map((key): [string, string] => [key, form[key]]),
    ...Object.entries(counts).map(([key, count]): [string, string] => [key, count === 0 ? "" : String(count)]),
  ];
  return Object.fromEntries(cells.filter(([, text]) => text !== ""));
}

const accountOf = (world: World, id: string): FakeAccount | undefined => world.accounts.find((account) => account.id === id);

/** Whether a person is listed, one kind of condition left out; status and change are one kind: one row of tabs. */
export function matches(world: World, person: FakePerson, query: UserQuery, without?: "status" | "accounts" | "groups"): boolean {
  const { form } = person;
  const account = accountOf(world, form.account);
  const text = folded(`${form.login} ${form.first_name} ${form.last_name} ${form.email} ${account?.key ?? ""} ${account?.name ?? ""}`);
  if (query.search && !text.includes(folded(query.search))) return false;
  if (without !== "status" && query.status?.length && !query.status.includes(form.status)) return false;
  const accounts = [form.account, ...form.further_accounts];
  if (without !== "accounts" && query.accounts?.length && !query.accounts.some((id) => accounts.includes(id))) return false;
  if (without !== "groups" && query.groups?.length && !form.groups.some((link) => query.groups?.includes(link.group))) return false;
  return without === "status" || !query.changed || isChanged(person);
}

function sortKey(world: World, person: FakePerson, sort: string): string {
  const { form } = person;
  if (sort === "login") return folded(form.login);
  if (sort === "account") return folded(accountOf(world, form.account)?.name ?? "");
  if (sort === "status") return form.status;
  if (sort !== "name") return folded(String(moreOf(form)[sort] ?? (form as Record<string, unknown>)[sort] ?? ""));
  return folded(`${form.last_name} ${form.first_name}`);
}

/** People that match, in order. */
export function findUsers(world: World, query: UserQuery): UserRow[] {
  const found = [...world.people.values()].filter((person) => matches(world, person, query));
  const keyed = found.map((person) => ({ person, key: sortKey(world, person, query.sort ?? "name") }));
  keyed.sort((a, b) => a.key.localeCompare(b.key) * (query.descending ? -1 : 1));
  return keyed.map(({ person: { id, form, base } }) => {
    const account = accountOf(world, form.account);
    return {
      id,
      login: form.login,
      first_name: form.first_name,
      last_name: form.last_name,
      email: form.email,
      account_key: account?.key ?? "",
      account: account ? (account.present ? account.name : account.key) : "",
      status: form.status,
      changed: !same(form, base),
      more: moreOf(form),
    };
  });
}

export function facetsOf(world: World, query: UserQuery): UserFacets {
  const people = [...world.people.values()];
  const byStatus = people.filter((person) => matches(world, person, query, "status"));
  const byAccount = people.filter((person) => matches(world, person, query, "accounts"));
  return {
    all: byStatus.length,
    status: formOf(world.desk).statuses.map((value) => ({
      value,
      label: value,
      count: byStatus.filter((person) => person.form.status === value).length,
    })),
    accounts: world.accounts
      .map((account) => ({
        value: account.id,
        label: account.name,
        count: byAccount.filter(({ form }) => form.account === account.id || form.further_accounts.includes(account.id)).length,
      }))
      .filter((facet) => facet.count > 0)
      .sort((a, b) => b.count - a.count),
    changed: people.filter((person) => matches(world, person, query, "status") && isChanged(person)).length,
  };
}

const choice = ({ id, key, name, status, present }: FakeAccount) => ({ id, key, name, status, present });

export function findAccounts(world: World, search: string): FakeAccount[] {
  return world.accounts.filter((account) => folded(`${account.key} ${account.name}`).includes(folded(search)));
}

export function accountRow(world: World, account: FakeAccount): AccountRow {
  const people = [...world.people.values()];
  return {
    ...choice(account),
    people: people.filter(({ form }) => form.account === account.id).length,
    further: people.filter(({ form }) => form.further_accounts.includes(account.id)).length,
    groups: account.rights.map((right) => [right.group, right.permission, right.context]),
  };
}

const always = (world: World, name: string): boolean =>
  (settingOf<string[]>(world, "CustomerGroupAlwaysGroups") ?? []).includes(name);

export function groupRows(world: World): GroupRow[] {
  return world.groups.map((group) => ({
    id: group.id,
    name: group.name,
    description: group.description,
    status: "valid",
    queues: group.queues,
    people: [...world.people.values()].filter(({ form }) => form.groups.some((link) => link.group === group.id)).length,
    accounts: world.accounts.filter((account) => account.rights.some((right) => right.group === group.name)).length,
    always: always(world, group.name),
  }));
}

/** What the desk would not take, and what is worth a look. */
export function problemsOf(world: World, id: string | null, form: UserForm): FieldProblem[] {
  const saved = id === null ? undefined : world.people.get(id);
  const problems = textProblems(world, form, saved !== undefined && saved.base !== null);
  const add = (field: string, code: string, message: string, warning: boolean, detail: [string, string][]) =>
    problems.push({ field, code: `problem.${code}`, detail, message, warning });
  const others = [...world.people.values()].filter((person) => person.id !== id);
  const same = others.find((person) => form.login !== "" && folded(person.form.login) === folded(form.login));
  if (same) {
    const taken = same.form.login === form.login;
    add("login", taken ? "login_taken" : "login_case", "somebody has this login", !taken, [["login", same.form.login]]);
  }
  const namesake = others.find((person) => form.email !== "" && folded(person.form.email) === folded(form.email));
  if (namesake) add("email", "email_taken", "somebody has this e-mail", true, [["login", namesake.form.login]]);
  if (saved?.base && saved.base.login !== form.login && formOf(world.desk).login_change === "drops-links") {
    add("login", "renamed", "renaming drops links", true, [["old", saved.base.login]]);
  }
  return problems;
}

const own: readonly (keyof UserForm)[] = ["login", "title", "first_name", "last_name", "email", "phone", "mobile", "fax", "street", "zip", "city", "country", "description",
  "status", "secondary_email", "region", "twitter", "facebook", "custom", "password", "invited", "expires", "sponsor", "contacts", "contact_person", "linked_resource"];

/** The form of somebody new, with the rights of another one where given. */
export function freshForm(world: World, like: UserForm | null): UserForm {
  const { first_status, password } = formOf(world.desk);
  const fresh = { ...emptyForm, status: first_status, password: password.ways[1] ?? "unchanged", external: true };
  if (like === null) return fresh;
  return { ...like, ...Object.fromEntries(own.map((field) => [field, fresh[field]])) };
}

/** A person with what surrounds the form. */
export function detailOf(world: World, person: FakePerson, draft: UserForm | null): UserDetail {
  const { form, base } = person;
  const named = [form, ...(draft ? [draft] : [])].flatMap((one) => [one.account, ...one.further_accounts]);
  const keys = Object.keys(form) as (keyof UserForm)[];
  const through = world.accounts.filter((account) => [form.account, ...form.further_accounts].includes(account.id));
  return {
    id: person.id,
    form,
    draft,
    version: String(person.version),
    in_desk: base !== null,
    has_password: base !== null,
    changed_fields: base === null ? keys : keys.filter((key) => !same(form[key], base[key])),
    accounts: world.accounts.filter((account) => named.includes(account.id)).map(choice),
    groups: world.groups.map((group) => ({
      id: group.id,
      name: group.name,
      status: "valid",
      queues: group.queues,
      always: always(world, group.name),
      through: through.flatMap((account) =>
        account.rights.filter((right) => right.group === group.name).map((right): [string, string] => [right.permission, account.name]),
      ),
    })),
    problems: problemsOf(world, person.id, form),
  };
}

/** A stretch of the accounts that match. */
export function accountPage(world: World, search: string, offset: number, limit: number): { total: number; rows: AccountRow[] } {
  const found = findAccounts(world, search);
  return { total: found.length, rows: found.slice(offset, offset + limit).map((account) => accountRow(world, account)) };
}
