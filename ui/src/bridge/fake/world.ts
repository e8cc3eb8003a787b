import type { ConflictRow, ExpectationRow, FieldValue, SettingValue, UserForm } from "../bindings.gen";
import { makeDirectory, type Directory } from "./directory";
import { accountNames, chance, firstNames, groupNames, lastNames, queueNames, titles, type Chance } from "./seed";
import { settingsOf } from "./settings";

export interface FakeAccount {
  id: string;
  key: string;
  name: string;
  status: string;
  present: boolean;
  /** What else stands in its form, and what the desk has; nothing while it is as it was made. */
  kept?: Kept;
  /** Group name, permission, context (`Same` or `Other`). */
  rights: { group: string; permission: string; context: "Same" | "Other" }[];
}

export interface FakeGroup {
  id: string;
  name: string;
  description: string;
  queues: string[];
  /** What else stands in its form, and what the desk has; nothing while it is as it was made. */
  kept?: Kept;
}

/** The form of a record that has been saved here. */
export interface Kept {
  values: Record<string, FieldValue>;
  version: number;
  base: Record<string, FieldValue> | null;
}

export interface FakePerson {
  id: string;
  form: UserForm;
  version: number;
  /** What the desk has; null for one who was created here. */
  base: UserForm | null;
}

export interface FakeTicket {
  id: number;
  number: string;
  title: string;
  queue: string;
  group: string;
  state: string;
  open: boolean;
  created: string;
  owner: string;
  account: string;
}

/** Everything the fake knows; only index.ts and what it calls change it. */
export interface World {
  /** The desk's id. */
  desk: string;
  name: string;
  sample: boolean;
  people: Map<string, FakePerson>;
  accounts: FakeAccount[];
  groups: FakeGroup[];
  /** All other records. */
  directory: Directory;
  tickets: FakeTicket[];
  settings: SettingValue[];
  conflicts: ConflictRow[];
  expectations: ExpectationRow[];
  asOf: string | null;
}

export const NOW = Date.parse("2026-11-22T16:53:00Z");

export const emptyForm: UserForm = {
  login: "", title: "", first_name: "", last_name: "", email: "", phone: "", mobile: "", fax: "", street: "", zip: "",
  city: "", country: "", description: "", status: "valid", account: "", further_accounts: [], groups: [],
  language: "", secondary_email: "", category: "", region: "", twitter: "", facebook: "", custom: "", external: true,
  account_contacts: false, account_tickets: false, external_comments: false, right_addresses: false, right_machines: false,
  right_contact_person: false, restrict_states: false, excel_export: false, linked_resource: "", password: "unchanged",
  invited: "", expires: "", sponsor: "", contact_person: "", address: "", main_group: "", backend: "", seen_accounts: [],
  contacts: [], read_addresses: [], write_addresses: [], responsible_groups: [], responsible_agents: [], ticket_types: [],
  ticket_states: [], services: [], objects: [],
};

const ascii = (text: string): string =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss").replace(/ø/gi, "o").toLowerCase().replace(/[^a-z]+/g, "");

function person(index: number, luck: Chance, accounts: FakeAccount[], groups: FakeGroup[], logins: Set<string>): FakePerson {
  const first = index === 0 ? "Jana" : luck.pick(firstNames);
  const last = index === 0 ? "Nováková" : luck.pick(lastNames);
  const account = index === 0 ? accounts[0] : luck.pick(accounts);
  const plain = `${ascii(first)}.${ascii(last)}`;
  const login = logins.has(plain) ? `${plain}${index}` : plain;
  logins.add(login);
  const dice = index === 0 ? 1 : luck.next();
  const linked = groups.filter((group) => group.name !== "users" && (index === 0 ? /service|network/.test(group.name) : luck.next() < 0.2));
  const form: UserForm = {
    ...emptyForm,
    login,
    title: luck.next() < 0.1 ? "Ing." : "",
    first_name: first,
    last_name: last,
    email: `${login}@${(account?.key ?? "nowhere").toLowerCase()}.example`,
    phone: `+49 241 5550 ${100 + (index % 900)}`,
    city: account?.name.split(" ")[0] ?? "",
    status: dice < 0.08 ? "invalid" : dice < 0.11 ? "invalid-temporarily" : "valid",
    account: account?.id ?? "",
    groups: linked.map((group) => ({ group: group.id, permissions: luck.next() < 0.5 ? ["ro"] : ["rw"] })),
  };
  return { id: `u${index}`, form, version: 1, base: structuredClone(form) };
}

function ticket(index: number, total: number, luck: Chance, people: FakePerson[], accounts: FakeAccount[]): FakeTicket {
  const [queue, group] = luck.pick(queueNames);
  const names = titles.find(([name]) => name === group)?.[1] ?? ["Question"];
  const owner = luck.next() < 0.05 ? people[0] : luck.pick(people);
  const account = accounts.find((one) => one.id === owner?.form.account);
  const created = new Date(NOW - (Math.floor(index * (200 / total) * 1440) + luck.below(50)) * 60_000);
  const open = luck.next() < 0.4;
  return {
    id: index,
    number: `2026${String(created.getUTCMonth() + 1).padStart(2, "0")}${String(created.getUTCDate()).padStart(2, "0")}10${String(100000 - index).padStart(5, "0")}`,
    title: luck.pick(names),
    queue,
    group,
    open,
    state: open ? luck.pick(["new", "open", "open", "pending reminder"]) : luck.pick(["closed successful", "closed successful", "merged"]),
    created: created.toISOString(),
    owner: owner?.form.login ?? "",
    account: account?.key ?? "",
  };
}

/** An invented help desk; the same every time for the same size. */
export function makeWorld(size: { people: number; tickets: number }, known = true): World {
  const luck = chance(2026);
  const groups = groupNames.map(([name, description], index) => ({
    id: `g${index}`,
    name,
    description,
    queues: queueNames.filter(([, group]) => group === name).map(([queue]) => queue),
  }));
  const accounts: FakeAccount[] = accountNames.map(([key, name], index) => ({
    id: `a${index}`,
    key,
    name,
    status: index === 14 ? "invalid" : "valid",
    present: index !== 13,
    rights: groups
      .filter((group) => ["service-desk", "hardware"].includes(group.name) || luck.next() < 0.12)
      .map((group) => ({ group: group.name, permission: group.name === "service-desk" ? "rw" : "ro", context: "Same" as const })),
  }));
  const logins = new Set<string>();
  const people = Array.from({ length: size.people }, (_, index) => person(index, luck, accounts, groups, logins));
  const tickets = Array.from({ length: size.people ? size.tickets : 0 }, (_, index) => ticket(index, size.tickets, luck, people, accounts));
  return {
    name: "Northwind Support",
    desk: "otobo",
    sample: true,
    people: new Map(people.map((one) => [one.id, one])),
    accounts: size.people ? accounts : [],
    groups: size.people ? groups : [],
    directory: size.people ? makeDirectory() : new Map(),
    tickets,
    settings: settingsOf("otobo", known),
    conflicts: [],
    expectations: [],
    asOf: tickets.length ? new Date(NOW).toISOString() : null,
  };
}
