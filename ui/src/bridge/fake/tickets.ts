import type { ActivityHead, FoundTicket, FoundTickets, TicketHead, WhoCounts, WhoPage, WhoPerson, WhoQuery } from "../bindings.gen";
import { type Eyes, eyesOf, inList, listReason, mayReply, openable } from "./access";
import type { FakePerson, FakeTicket, World } from "./world";

const PAGE = 50;
/** How many tickets one answer looks at. */
const STEP = 1000;
const LISTS = ["MyTickets", "CompanyTickets"];

const head = ({ number, title, queue, state, created, owner, account }: FakeTicket): FoundTicket => ({ number, title, place: queue, state, created, owner, account });

/** Tickets by number or title, newest first, from an offset that stands in the cursor. */
export function foundTickets(world: World, text: string, after: { age: number; id: number } | null): FoundTickets {
  const wanted = text.trim().toLowerCase();
  const all = world.tickets.toSorted((a, b) => b.created.localeCompare(a.created) || a.id - b.id);
  const rows: FoundTicket[] = [];
  let at = after?.id ?? 0;
  const end = at + STEP;
  while (at < all.length && at < end && rows.length < PAGE) {
    const ticket = all[at];
    at += 1;
    if (ticket && (ticket.number.startsWith(wanted) || ticket.title.toLowerCase().includes(wanted))) rows.push(head(ticket));
  }
  return { rows, next: at < all.length ? { age: 0, id: at } : null, looked: at - (after?.id ?? 0), total: all.length };
}

/** What was said on a ticket: a mail, and a note of an agent that nobody outside reads. */
const saidOn = (ticket: FakeTicket): ActivityHead[] => [
  { position: 1, channel: "Email", sender: "customer", visible: true, subject: ticket.title, created: ticket.created },
  { position: 2, channel: "Internal", sender: "agent", visible: false, subject: "Note", created: ticket.created },
];

export const headOf = (ticket: FakeTicket): TicketHead => ({ ticket: head(ticket), activities: saidOn(ticket) });

interface Seen {
  person: FakePerson;
  eyes: Eyes;
  listed: boolean | null;
  openable: boolean | null;
}

function everybody(world: World, ticket: FakeTicket, activity: number | null): Seen[] {
  const said = activity === null ? true : saidOn(ticket)[activity - 1]?.visible === true;
  return [...world.people.values()]
    .map((person) => {
      const eyes = eyesOf(world, person.form);
      const answers = activity === null ? LISTS.map((list) => inList(eyes, ticket, list)) : [false];
      const listed = answers.includes(true) ? true : answers.includes(null) ? null : false;
      return { person, eyes, listed, openable: said ? openable(eyes, ticket) : false };
    })
    .toSorted((a, b) => a.person.form.login.localeCompare(b.person.form.login));
}

const sees = ({ listed, openable: opens }: Seen): boolean | null => (listed === true || opens === true ? true : listed === null || opens === null ? null : false);

function among(part: string): (seen: Seen) => boolean {
  switch (part) {
    case "may_log_in":
      return (seen) => sees(seen) === true && seen.person.form.status === "valid";
    case "listed":
      return (seen) => seen.listed === true;
    case "openable":
      return (seen) => seen.openable === true;
    case "unknown":
      return (seen) => sees(seen) === null;
    default:
      return (seen) => sees(seen) === true;
  }
}

export function whoCounts(world: World, ticket: FakeTicket, activity: number | null): WhoCounts {
  const all = everybody(world, ticket, activity);
  const count = (part: string) => all.filter(among(part)).length;
  return {
    all: count("all"), may_log_in: count("may_log_in"), listed: count("listed"), openable: count("openable"), unknown: count("unknown"),
    unknown_settings: all[0]?.eyes.unknownSettings ?? [],
    hanging: [],
  };
}

export function whoPage(world: World, ticket: FakeTicket, query: WhoQuery): WhoPage {
  const all = everybody(world, ticket, query.activity).filter(among(query.part));
  const from = query.after === null ? 0 : all.findIndex((seen) => seen.person.id === query.after?.id) + 1;
  const page = all.slice(from, from + PAGE);
  const last = page.at(-1);
  const next = last && from + PAGE < all.length ? { login: last.person.form.login, id: last.person.id } : null;
  return { people: page.map((seen) => personOf(world, ticket, seen)), next };
}

function personOf(world: World, ticket: FakeTicket, { person, eyes, listed, openable: opens }: Seen): WhoPerson {
  const { form } = person;
  return {
    id: person.id,
    login: form.login,
    name: `${form.first_name} ${form.last_name}`.trim(),
    account: world.accounts.find((account) => account.id === form.account)?.name ?? "",
    may_log_in: form.status === "valid",
    listed,
    lists: LISTS.filter((list) => listed !== false && inList(eyes, ticket, list) === true),
    openable: opens,
    reply: mayReply(eyes, ticket),
    reason: listReason(eyes, ticket),
    assumed: [],
  };
}
