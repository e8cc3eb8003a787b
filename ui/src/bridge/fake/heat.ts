import type { ExportHeat, HeatHead, HeatPage, HeatPeople, HeatQuery, HeatRow, ListFile } from "../bindings.gen";
import { type Sight, sightOf } from "./sight";
import { missingOf } from "./settings";
import type { FakePerson, FakeTicket, World } from "./world";

const PAGE = 50;

const byName = (a: string, b: string) => a.localeCompare(b);

function heatHead(world: World): HeatHead {
  const names = [...new Set(world.tickets.map((ticket) => ticket.group))].toSorted(byName);
  const columns = names.map((name) => ({ key: name, name, tickets: world.tickets.filter((ticket) => ticket.group === name).length }));
  return { by: "group", columns, unknown_settings: missingOf(world.settings), assumed: [] };
}

const peopleOf = (world: World, account: string): FakePerson[] =>
  [...world.people.values()].filter((person) => person.form.account === account).toSorted((a, b) => byName(a.form.login, b.form.login));

const certain = (sight: Sight): string[] => [...sight.tickets].filter(([, answer]) => answer === true).map(([number]) => number);
const unsure = (sight: Sight): boolean => [...sight.tickets.values()].includes(null);

function rowOf(world: World, byNumber: Map<string, FakeTicket>, account: { id: string; key: string; name: string }): HeatRow {
  const sights = peopleOf(world, account.id).map((person) => sightOf(world, person));
  const seen = new Set(sights.flatMap(certain));
  const counts = new Map<string, number>();
  for (const number of seen) {
    const group = byNumber.get(number)?.group ?? "";
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return {
    id: account.id, key: account.key, name: account.name || account.key, people: sights.length, unknown: sights.filter(unsure).length,
    tickets: seen.size, cells: [...counts].map(([column, tickets]) => ({ column, tickets })),
  };
}

function heatPage(world: World, search: string, offset: number, limit: number): HeatPage {
  const wanted = search.trim().toLowerCase();
  const used = new Set([...world.people.values()].map((person) => person.form.account));
  const accounts = world.accounts
    .filter((account) => used.has(account.id) && `${account.key} ${account.name}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => byName(a.name || a.key, b.name || b.key));
  const all = used.has("") && wanted === "" ? [{ id: "", key: "", name: "" }, ...accounts] : accounts;
  const byNumber = new Map(world.tickets.map((ticket) => [ticket.number, ticket]));
  return { total: all.length, rows: all.slice(offset, offset + limit).map((account) => rowOf(world, byNumber, account)) };
}

function heatPeople(world: World, { account, column, after }: HeatQuery): HeatPeople {
  const byNumber = new Map(world.tickets.map((ticket) => [ticket.number, ticket]));
  const all = peopleOf(world, account)
    .map((person) => ({ person, sight: sightOf(world, person) }))
    .map(({ person, sight }) => ({
      id: person.id,
      login: person.form.login,
      name: `${person.form.first_name} ${person.form.last_name}`.trim() || person.form.login,
      tickets: certain(sight).filter((number) => column === null || byNumber.get(number)?.group === column).length,
      unknown: unsure(sight),
    }))
    .filter((one) => one.tickets > 0 || one.unknown);
  const from = after === null ? 0 : all.findIndex((one) => one.id === after.id) + 1;
  const page = all.slice(from, from + PAGE);
  const last = page.at(-1);
  return { people: page, next: last && from + PAGE < all.length ? { login: last.login, id: last.id } : null };
}

/** What the commands need of the desk that plays. */
interface Played {
  scenario: string;
  open(): World;
  work(job: string, stages: readonly (readonly [string, string, number])[]): Promise<void>;
}

/** The commands of the table of accounts. */
export const heatCommands = (desk: Played) => ({
  heatHead: () => heatHead(desk.open()),
  heatPage: async (search: string, offset: number, limit: number, job: string) => {
    if (desk.scenario === "stuck") await desk.work(job, [["comparing", "external_users", 4_200]]);
    return heatPage(desk.open(), search, offset, limit);
  },
  heatPeople: (query: HeatQuery) => heatPeople(desk.open(), query),
  exportHeat: async ({ search, path }: ExportHeat, job: string): Promise<ListFile> => {
    await desk.work(job, [["comparing", "external_users", desk.open().people.size]]);
    return { path, rows: heatPage(desk.open(), search, 0, 1).total };
  },
});
