import type { Exposure, ExpectationAgainst, ExpectationCheck, ExpectationInput, ExpectationReport, ExpectationRow, ProposedExpectations } from "../bindings.gen";
import { Refusal } from "./refusal";
import { sightOf } from "./sight";
import type { FakePerson, FakeTicket, World } from "./world";

const FIELDS = ["queue", "priority", "state", "type", "service", "sla", "owner", "responsible"];

type Line = [intent: string, detail: [string, string][]];

/** What the commands need of the desk that plays. */
interface Played {
  open(): World;
  record(intent: string, detail: [string, string][], lines: [], back: () => void, forth: () => void): number;
  tell(...tags: string[]): void;
}

const nameOf = ({ form }: FakePerson) => `${form.first_name} ${form.last_name}`.trim() || form.login;

/** Queues by id, with their names. */
const queuesOf = (world: World) => [...(world.directory.get("queue")?.values() ?? [])].map(({ id, values }) => [id, String(values["name"])] as const);
const queueName = (world: World, id: string) => queuesOf(world).find(([one]) => one === id)?.[1];

function whoName(world: World, { who, who_key }: ExpectationInput): string {
  if (who === "everyone") return "";
  const person = world.people.get(who_key);
  return who === "account" ? (world.accounts.find(({ id }) => id === who_key)?.name ?? who_key) : person ? nameOf(person) : who_key;
}

function named(world: World, id: string, input: ExpectationInput): ExpectationRow {
  const account = world.accounts.find(({ id: one }) => one === input.what_key);
  const name = input.what === "account" ? account?.name : input.what === "queue" ? queueName(world, input.what_key) : input.what_key;
  return { ...input, id, who_name: whoName(world, input), what_name: name ?? input.what_key };
}

/** The expectation in English, as the program writes it into its log. */
function sentence(row: ExpectationRow): string {
  const who = row.who === "everyone" ? "everyone" : row.who === "account" ? `everyone of ${row.who_name}` : row.who_name;
  return `${who} ${row.sees ? "sees" : "never sees"} ${row.what} ${row.what_name}`;
}

function isMeant({ who, who_key }: ExpectationRow, { id, form }: FakePerson): boolean {
  if (who === "everyone") return true;
  return who === "account" ? form.account === who_key || form.further_accounts.includes(who_key) : id === who_key;
}

function ticketsOf(world: World, { what, what_key }: ExpectationRow): FakeTicket[] {
  const key = world.accounts.find(({ id }) => id === what_key)?.key;
  const isOf: Record<string, (ticket: FakeTicket) => boolean> = {
    ticket: ({ number }) => number === what_key,
    queue: ({ queue }) => queue === queueName(world, what_key),
    account: ({ account }) => account === key,
  };
  return world.tickets.filter(isOf[what] ?? (() => false));
}

/** How an expectation stands; with `only`, as far as these people are concerned. */
function checkOf(world: World, expectation: ExpectationRow, only: Iterable<string> | null = null): ExpectationCheck {
  const told = { expectation, because: "", people: 0, against: 0, unknown: 0, examples: [] as ExpectationAgainst[] };
  if (expectation.what === "field") {
    const shown = ["queue", "priority", "state"].includes(expectation.what_key);
    return { ...told, state: shown === expectation.sees ? "held" : "broken" };
  }
  const tickets = ticketsOf(world, expectation);
  if (tickets.length === 0) return { ...told, state: "unknown", because: expectation.what === "ticket" ? "gone" : "no_tickets" };
  const ids = only ? new Set(only) : null;
  const meant = [...world.people.values()].filter((person) => (ids?.has(person.id) ?? true) && isMeant(expectation, person));
  for (const person of meant) {
    const sight = sightOf(world, person);
    // Of several people only those who may log in are expected to see something.
    if (!sight.login && expectation.sees && expectation.who !== "external_user") continue;
    told.people += 1;
    const seen = tickets.filter(({ number }) => sight.tickets.get(number) === true);
    if (seen.length === 0 && tickets.some(({ number }) => sight.tickets.has(number))) told.unknown += 1;
    else if (seen.length > 0 !== expectation.sees) {
      told.against += 1;
      told.examples.push({ id: person.id, login: person.form.login, name: nameOf(person), tickets: seen.length, ticket: (seen[0] ?? tickets[0])?.number ?? null });
    }
  }
  const state = told.against > 0 ? "broken" : told.unknown > 0 || told.people === 0 ? "unknown" : "held";
  const because = state === "unknown" ? (told.unknown > 0 ? "cannot_tell" : "nobody") : "";
  return { ...told, state, because };
}

/** As it is told: not everybody is named. */
const cut = (check: ExpectationCheck): ExpectationCheck => ({ ...check, examples: check.examples.slice(0, 20) });

/** Checks what a change would break: before it, and once it is made. */
export function breaking(world: World, people: string[]): () => Exposure["broken"] {
  const checks = () => world.expectations.map((one) => checkOf(world, one, people));
  const before = checks();
  return () =>
    checks().flatMap((after, n) => {
      const then = new Set(before[n]?.examples.map(({ id }) => id));
      const examples = after.examples.filter(({ id }) => !then.has(id));
      return after.state === "broken" && examples.length > 0 ? [cut({ ...after, against: examples.length, examples })] : [];
    });
}

/** What people are to see, or never to see. */
export function expecting(desk: Played) {
  const write = ([intent, detail]: Line, after: ExpectationRow[]) => {
    const world = desk.open();
    const before = world.expectations;
    desk.record(intent, detail, [], () => (world.expectations = before), () => (world.expectations = after));
    desk.tell("workspace", "preview", "history");
  };
  return {
    listExpectations: () => desk.open().expectations,
    expectationChoices: () => ({ what: ["ticket", "queue", "account", "field"], fields: FIELDS }),
    checkExpectations: (): ExpectationReport => {
      const expectations = desk.open().expectations.map((one) => cut(checkOf(desk.open(), one)));
      const count = (state: string) => expectations.filter((one) => one.state === state).length;
      return { held: count("held"), broken: count("broken"), unknown: count("unknown"), expectations };
    },
    addExpectations: (inputs: ExpectationInput[]) => {
      const world = desk.open();
      const added = inputs.flatMap((input, n) => {
        if (input.what === "ticket" && !world.tickets.some(({ number }) => number === input.what_key)) throw new Refusal("not_found", `There is no ticket ${input.what_key}`);
        const alike = world.expectations.find((one) => one.who === input.who && one.who_key === input.who_key && one.what === input.what && one.what_key === input.what_key);
        if (alike && alike.sees !== input.sees) throw new Refusal("conflict", `the opposite is expected already (${sentence(alike)}); remove that first`);
        return alike ? [] : [named(world, `x${world.expectations.length}-${n}-${input.what_key}`, input)];
      });
      if (added[0]) write(["intent.add_expectations", [["count", String(added.length)], ["first", sentence(added[0])]]], [...world.expectations, ...added]);
      return added;
    },
    removeExpectation: (id: string) => {
      const { expectations } = desk.open();
      const row = expectations.find((one) => one.id === id);
      if (!row) throw new Refusal("not_found", "There is no such expectation");
      write(["intent.remove_expectation", [["first", sentence(row)]]], expectations.filter((one) => one.id !== id));
      return null;
    },
    proposeExpectations: (user: string): ProposedExpectations => {
      const world = desk.open();
      const checks = queuesOf(world).map(([queue]) => checkOf(world, named(world, "", { who: "external_user", who_key: user, sees: true, what: "queue", what_key: queue })));
      const known = (row: ExpectationRow) => world.expectations.some((one) => one.who_key === user && one.what === "queue" && one.what_key === row.what_key);
      const told = checks.filter(({ state }) => state !== "unknown").map(({ expectation, state }) => ({ ...expectation, sees: state === "held" }));
      return { proposed: told.filter((row) => !known(row)), left_out: checks.length - told.length };
    },
  };
}
