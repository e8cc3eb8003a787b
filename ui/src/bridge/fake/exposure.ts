import type { Exposure, ExposureOf, ExposureOfAccount, PeopleCompared, SettingInput, UserForm, Viewer } from "../bindings.gen";
import { breaking } from "./expectations";
import { withSettings } from "./settings";
import { type Sight, sightOf } from "./sight";
import type { FakePerson, World } from "./world";

function differenceOf(world: World, id: string, before: Sight, after: Sight): ExposureOf & { unknown: boolean } {
  const beyond = (a: Sight, b: Sight) => [...a.tickets].filter(([number, answer]) => answer === true && !b.tickets.has(number)).map(([number]) => number);
  const most = (a: Sight, b: Sight) => [...a.tickets.keys()].filter((number) => b.tickets.get(number) !== true).length;
  const [gained, lost] = [beyond(after, before), beyond(before, after)];
  const form = world.people.get(id)?.form;
  return {
    id,
    login: form?.login ?? "",
    name: `${form?.first_name ?? ""} ${form?.last_name ?? ""}`.trim(),
    account: world.accounts.find((account) => account.id === form?.account)?.name ?? "",
    gained: gained.length,
    lost: lost.length,
    login_change: before.login === after.login ? "" : after.login ? "gained" : "lost",
    gained_tickets: gained,
    lost_tickets: lost,
    unknown: most(after, before) > gained.length || most(before, after) > lost.length,
  };
}

function placesOf(world: World, gained: Set<string>, lost: Set<string>): Exposure["places"] {
  const names = [...new Set(world.tickets.map((ticket) => ticket.queue))];
  const count = (numbers: Set<string>, queue: string) => world.tickets.filter((ticket) => ticket.queue === queue && numbers.has(ticket.number)).length;
  const places = names.map((place) => ({ place, gained: count(gained, place), lost: count(lost, place) }));
  return places.filter((one) => one.gained + one.lost > 0).toSorted((a, b) => b.gained + b.lost - (a.gained + a.lost));
}

/** What the people of each account gain and lose. */
function accountsOf(world: World, affected: ExposureOf[]): ExposureOfAccount[] {
  const found = new Map<string | null, ExposureOfAccount>();
  for (const one of affected) {
    const id = world.people.get(one.id)?.form.account || null;
    const sum = found.get(id) ?? { id, name: one.account, people: 0, gaining: 0, losing: 0, gained: 0, lost: 0 };
    found.set(id, {
      ...sum,
      people: sum.people + 1,
      gaining: sum.gaining + (one.gained > 0 ? 1 : 0),
      losing: sum.losing + (one.lost > 0 ? 1 : 0),
      gained: sum.gained + one.gained,
      lost: sum.lost + one.lost,
    });
  }
  return [...found.values()].toSorted((a, b) => b.gained + b.lost - (a.gained + a.lost));
}

/** What a change would do: it is made, looked at, and taken back. `people`: all whom it may concern. */
export function exposureOf(world: World, people: Iterable<string>, change: () => () => void): Exposure {
  const ids = [...people];
  const sights = () => ids.map((id) => sightOf(world, world.people.get(id)));
  const before = sights();
  const broken = breaking(world, ids);
  const back = change();
  const after = sights();
  const all = ids.map((id, n) => differenceOf(world, id, before[n] as Sight, after[n] as Sight));
  const news = broken();
  back();
  const sum = (pick: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + pick(one), 0);
  const [gained, lost] = [new Set(all.flatMap((one) => one.gained_tickets)), new Set(all.flatMap((one) => one.lost_tickets))];
  const unknown = all.filter((one) => one.unknown).length;
  const affected = all.filter((one) => one.gained + one.lost > 0 || one.login_change !== "");
  const accounts = accountsOf(world, affected);
  const places = placesOf(world, gained, lost);
  const doubtful = all.filter((one) => one.unknown).toSorted((a, b) => a.login.localeCompare(b.login));
  return {
    people: ids.length,
    affected: affected.length,
    gaining: all.filter((one) => one.gained > 0).length,
    losing: all.filter((one) => one.lost > 0).length,
    gained: sum((one) => one.gained),
    lost: sum((one) => one.lost),
    tickets_gained: gained.size,
    tickets_lost: lost.size,
    logins_gained: all.filter((one) => one.login_change === "gained").length,
    logins_lost: all.filter((one) => one.login_change === "lost").length,
    unknown,
    complete: unknown === 0,
    broken: news,
    assumed: [],
    by: "queue",
    places: places.slice(0, 50),
    places_total: places.length,
    accounts: accounts.slice(0, 50),
    accounts_total: accounts.length,
    doubtful: doubtful.slice(0, 20).map(({ id, login, name, account }) => ({ id, login, name, account })),
    examples: affected
      .toSorted((a, b) => b.gained + b.lost - (a.gained + a.lost))
      .slice(0, 50)
      .map((one) => ({ ...one, gained_tickets: one.gained_tickets.slice(0, 5), lost_tickets: one.lost_tickets.slice(0, 5) })),
  };
}

/** Puts a form in a person's place (or adds a person); returns what takes it back. */
export function withForm(world: World, id: string, form: FakePerson["form"]): () => void {
  const before = world.people.get(id);
  world.people.set(id, { id, form, version: before?.version ?? 0, base: before?.base ?? null });
  return () => (before ? void world.people.set(id, before) : void world.people.delete(id));
}

/** What the commands need of the desk that plays. */
interface Played {
  open(): World;
  formOf(viewer: Viewer): { form: UserForm };
}

/** The same, looked at from the other side. */
function turned(of: Exposure): Exposure {
  const turn = (change: string) => (change === "gained" ? "lost" : change === "lost" ? "gained" : "");
  return {
    ...of,
    gaining: of.losing,
    losing: of.gaining,
    gained: of.lost,
    lost: of.gained,
    tickets_gained: of.tickets_lost,
    tickets_lost: of.tickets_gained,
    logins_gained: of.logins_lost,
    logins_lost: of.logins_gained,
    places: of.places.map((one) => ({ ...one, gained: one.lost, lost: one.gained })),
    accounts: of.accounts.map((one) => ({ ...one, gaining: one.losing, losing: one.gaining, gained: one.lost, lost: one.gained })),
    examples: of.examples.map((one) => ({ ...one, gained: one.lost, lost: one.gained, login_change: turn(one.login_change), gained_tickets: one.lost_tickets, lost_tickets: one.gained_tickets })),
    broken: [],
    assumed: [],
  };
}

/** What leading everybody back to what the desk had would do. */
function leadingBack(world: World): Exposure {
  const pending = [...world.people.values()].filter((person) => person.base !== null);
  return exposureOf(world, world.people.keys(), () => {
    const back = pending.map((person) => withForm(world, person.id, person.base ?? person.form));
    return () => back.forEach((undo) => undo());
  });
}

/** The tickets that one person sees and another does not. */
function compared(world: World, first: string, second: string): PeopleCompared {
  const [one, other] = [sightOf(world, world.people.get(first)), sightOf(world, world.people.get(second))];
  const only = (a: Sight, b: Sight) => {
    const numbers = [...a.tickets].filter(([number, answer]) => answer === true && b.tickets.get(number) !== true).map(([number]) => number);
    return world.tickets.filter((ticket) => numbers.includes(ticket.number)).map(({ number, title, queue, state, created, owner, account }) => ({ number, title, place: queue, state, created, owner, account }));
  };
  const [a, b] = [only(one, other), only(other, one)];
  return {
    only_first: a.length,
    only_second: b.length,
    login: one.login === other.login ? "same" : one.login ? "first" : "second",
    unknown: false,
    first_tickets: a.slice(0, 50),
    second_tickets: b.slice(0, 50),
  };
}

/** What pending changes would do to whom. */
export function exposing(desk: Played) {
  return {
    exposureOfUser: (id: string | null, form: UserForm) => {
      const { form: draft } = desk.formOf({ id, draft: form });
      return exposureOf(desk.open(), [id ?? "new"], () => withForm(desk.open(), id ?? "new", draft));
    },
    exposureOfPending: () => turned(leadingBack(desk.open())),
    exposureSince: () => turned(leadingBack(desk.open())),
    exposureOfUndo: () => leadingBack(desk.open()),
    comparePeople: (first: string, second: string) => compared(desk.open(), first, second),
    exposureOfSettings: (inputs: SettingInput[]) => {
      const world = desk.open();
      const before = world.settings;
      return exposureOf(world, world.people.keys(), () => {
        world.settings = withSettings(before, inputs);
        return () => void (world.settings = before);
      });
    },
  };
}
