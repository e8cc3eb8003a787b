import { eyesOf, inList, openable } from "./access";
import type { FakePerson, FakeTicket, World } from "./world";

type Verdict = boolean | null;
export type Sight = { login: boolean; tickets: Map<string, Verdict> };

const LISTS = ["MyTickets", "CompanyTickets"];

function either(verdicts: Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(null) ? null : false;
}

/** What somebody sees: of whom the form is null, nothing. */
export function sightOf(world: World, person: FakePerson | undefined): Sight {
  const login = person?.form.status === "valid";
  if (!person || !login) return { login, tickets: new Map() };
  const eyes = eyesOf(world, person.form);
  const verdict = (ticket: FakeTicket) => either([openable(eyes, ticket), ...LISTS.map((list) => inList(eyes, ticket, list))]);
  const seen = world.tickets.map((ticket): [string, Verdict] => [ticket.number, verdict(ticket)]);
  return { login, tickets: new Map(seen.filter(([, answer]) => answer !== false)) };
}
