import type { AccountRow, FieldProblem, GroupRow, UserDetail, UserFacets, UserForm, UserQuery, UserRow } from "../bindings.gen";
import { settingOf } from "./access";
import type { FakeAccount, FakePerson, World } from "./world";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const folded = (text: string): string => text.toLowerCase();

export const isChanged = (person: FakePerson): boolean => !same(person.form, person.base);

const accountOf = (world: World, id: string): FakeAccount | undefined => world.accounts.find((account) => account.id === id);

function matches(world: World, person: FakePerson, query: UserQuery, without?: "status" | "accounts" | "changed"): boolean {
  const { form } = person;
  const account = accountOf(world, form.account);
  const text = folded(`${form.login} ${form.first_name} ${form.last_name} ${form.email} ${account?.key ?? ""} ${account?.name ?? ""}`);
  if (query.search && !text.includes(folded(query.search))) return false;
  if (without !== "status" && query.status?.length && !query.status.includes(form.status)) return false;
  const accounts = [form.account, ...form.further_accounts];
  if (without !== "accounts" && query.accounts?.length && !query.accounts.some((id) => accounts.includes(id))) return false;
  if (query.groups?.length && !form.groups.some((link) => query.groups?.includes(link.group))) return false;
  return without === "changed" || !query.changed || isChanged(person);
}

function sortKey(world: World, person: FakePerson, sort: string): string {
  const { form } = person;
  if (sort === "login") return folded(form.login);
  if (sort === "account") return folded(accountOf(world, form.account)?.name ?? "");
  if (sort === "status") return form.status;
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
    };
  });
}

export function facetsOf(world: World, query: UserQuery): UserFacets {
  const people = [...world.people.values()];
  const byStatus = people.filter((person) => matches(world, person, query, "status"));
  const byAccount = people.filter((person) => matches(world, person, query, "accounts"));
  return {
    all: byStatus.length,
    status: ["valid", "invalid-temporarily", "invalid"].map((value) => ({
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
    changed: people.filter((person) => matches(world, person, query, "changed") && isChanged(person)).length,
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
  const problems: FieldProblem[] = [];
  const add = (field: string, code: string, message: string, warning = false, detail: [string, string][] = []) =>
    problems.push({ field, code: `problem.${field}.${code}`, detail, message, warning });
  const others = [...world.people.values()].filter((person) => person.id !== id);
  if (!form.login.trim()) add("login", "empty", "The login is empty");
  else if (others.some((person) => person.form.login === form.login)) add("login", "taken", "Somebody has this login");
  if (form.login.length > 191) add("login", "too_long", "The login is too long", false, [["max", "191"]]);
  if (!form.last_name.trim()) add("last_name", "empty", "The last name is empty");
  if (!form.email.includes("@")) add("email", "malformed", "This is no e-mail address");
  else if (others.some((person) => person.form.email === form.email)) add("email", "taken", "Somebody has this e-mail", true);
  return problems;
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
