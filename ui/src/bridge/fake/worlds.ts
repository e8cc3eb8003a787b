import type { UserForm } from "../bindings.gen";
import { formOf } from "./forms";
import { makeDirectory } from "./directory";
import { accountNames, chance, firstNames, lastNames } from "./seed";
import { type FakeAccount, type FakeGroup, type FakePerson, type World, emptyForm } from "./world";

const NAMES: Record<string, string> = { daktela: "Northwind Contact Centre", elma365: "Northwind Service Portal", innosoft: "Northwind Field Service", zoho: "Northwind Help Center" };
const GROUPS: Record<string, readonly string[]> = {
  daktela: [],
  elma365: ["External users", "Partners", "Warehouse of Aachen"],
  innosoft: ["Support", "Field service", "Spare parts"],
  zoho: ["Resellers", "Gold customers", "Beta programme"],
};

const plain = (text: string): string => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss").replace(/ø/gi, "o").toLowerCase().replace(/[^a-z]+/g, "");

/** What a person of each desk has beyond name and login. */
const FILLED: Record<string, (index: number, account: string, second: string) => Partial<UserForm>> = {
  daktela: (index) => ({
    contacts: index % 3 === 0 ? ["c0", "c6"] : [`c${index % 60}`],
    account_tickets: index % 2 === 0,
    external_comments: index % 4 === 0,
    description: index === 0 ? "Speaks for the warehouse in Aachen." : "",
  }),
  elma365: (index, account) => ({
    account,
    groups: [{ group: "g0", permissions: ["member"] }],
    objects: index === 0 ? [{ object: "o8", level: "view" }, { object: "o10", level: "edit" }] : [],
    password: "unchanged",
    invited: index % 2 === 0 ? "2026-10-02" : "",
  }),
  innosoft: (index) => ({
    external: true,
    address: `ad${index % 40}`,
    read_addresses: ["ad0", "ad16"],
    write_addresses: index % 2 === 0 ? ["ad16"] : [],
    right_addresses: true,
    right_machines: index % 2 === 0,
    groups: [{ group: `g${index % 3}`, permissions: ["member"] }],
    main_group: `g${index % 3}`,
    responsible_groups: ["g0"],
    responsible_agents: index === 0 ? ["ag0", "ag1"] : [],
    ticket_types: ["tt0", "tt1"],
    restrict_states: index === 0,
    ticket_states: index === 0 ? ["ts3"] : [],
  }),
  zoho: (index, account, second) => ({
    account,
    further_accounts: index === 0 ? [second] : [],
    seen_accounts: index === 0 ? [second] : [],
    language: "English",
    custom: index === 0 ? JSON.stringify({ "Contract number": "4711-A", Region: "West" }) : "",
    groups: index % 4 === 0 ? [{ group: "g1", permissions: ["member"] }] : [],
  }),
};

const STATUSES: Record<string, readonly string[]> = { elma365: ["valid", "not-registered", "valid", "invalid"] };

function person(desk: string, index: number, accounts: FakeAccount[]): FakePerson {
  const luck = chance(index + 1);
  const [first, last] = index === 0 ? ["Jana", "Nováková"] : [luck.pick(firstNames), luck.pick(lastNames)];
  const account = accounts[index % accounts.length] as FakeAccount;
  const second = accounts[(index + 1) % accounts.length] as FakeAccount;
  const name = `${plain(first)}.${plain(last)}${index === 0 ? "" : index}`;
  const email = `${name}@${account.key.toLowerCase()}.example`;
  const byTitle = formOf(desk).login_from === "title";
  const form: UserForm = {
    ...emptyForm,
    login: byTitle ? name : email,
    title: byTitle ? `${first} ${last}` : "",
    first_name: byTitle ? "" : first,
    last_name: byTitle ? "" : last,
    email,
    status: STATUSES[desk]?.[index % 4] ?? (index % 9 === 8 ? "invalid" : "valid"),
    ...FILLED[desk]?.(index, account.id, second.id),
  };
  return { id: `u${index}`, form, version: 1, base: structuredClone(form) };
}

/** A small invented world of a desk that has no people of its own in world.ts. */
export function makeDeskWorld(desk: string): World {
  const accounts = accountNames.slice(0, 8).map(([key, name], index): FakeAccount => ({ id: `a${index}`, key, name, status: "valid", present: index !== 7, rights: [] }));
  const groups = (GROUPS[desk] ?? []).map((name, index): FakeGroup => ({ id: `g${index}`, name, description: "", queues: [] }));
  const people = Array.from({ length: 24 }, (_, index) => person(desk, index, accounts));
  return {
    desk,
    name: NAMES[desk] ?? desk,
    sample: true,
    people: new Map(people.map((one) => [one.id, one])),
    accounts,
    groups,
    directory: makeDirectory(),
    tickets: [],
    settings: [],
    conflicts: [],
    expectations: [],
    asOf: null,
  };
}
