import type { Flip, FlipChange, FlipTouch, Flips, MatrixEdits, UserForm, Viewer } from "../bindings.gen";
import { eyesOf, inList, mayReply, openable, settingOf } from "./access";
import { exposureOf } from "./exposure";
import { withSettings } from "./settings";
import type { FakeTicket, World } from "./world";

/** A change that can be tried: of the person's form, or of what is everybody's. */
interface Move {
  change: FlipChange;
  form?: (form: UserForm) => UserForm;
  /** Makes it; returns what takes it back. */
  world?: () => () => void;
}

const DISABLED = "Ticket::Frontend::CustomerDisableCompanyTicketAccess";

function answer(world: World, form: UserForm, ticket: FakeTicket, question: string): boolean | null {
  const eyes = eyesOf(world, form);
  if (question === "login") return form.status === "valid";
  if (question === "openable") return openable(eyes, ticket);
  if (question === "reply") return mayReply(eyes, ticket);
  if (question !== "listed") return inList(eyes, ticket, question);
  const lists = [inList(eyes, ticket, "MyTickets"), inList(eyes, ticket, "CompanyTickets")];
  return lists.includes(true) ? true : lists.includes(null) ? null : false;
}

function line(entity: string, key: string, id: string, field: string, from: string, to: string): FlipChange {
  return { entity, key, id, field, from, to };
}

function ofPerson(world: World, id: string, form: UserForm, ticket: FakeTicket, permission: string): Move[] {
  const hers = (field: string, from: string, to: string) => line("external_user", form.login, id, field, from, to);
  const group = world.groups.find((one) => one.name === ticket.group);
  const account = world.accounts.find((one) => one.key === ticket.account);
  const moves: Move[] = [];
  const held = form.groups.find((right) => right.group === group?.id);
  if (group && held) moves.push({ change: hers("groups", `${group.name}:${held.permissions[0] ?? ""}`, ""), form: (was) => ({ ...was, groups: was.groups.filter((right) => right !== held) }) });
  if (group) {
    moves.push({
      change: hers("groups", "", `${group.name}:${permission}`),
      form: (was) => ({ ...was, groups: [...was.groups.filter((right) => right.group !== group.id), { group: group.id, permissions: [...(held?.permissions ?? []), permission] }] }),
    });
  }
  if (account && form.account === account.id) moves.push({ change: hers("account", account.key, ""), form: (was) => ({ ...was, account: "" }) });
  else if (account && form.account === "") moves.push({ change: hers("account", "", account.key), form: (was) => ({ ...was, account: account.id }) });
  else if (account) moves.push({ change: hers("further_accounts", "", account.key), form: (was) => ({ ...was, further_accounts: [...was.further_accounts, account.id] }) });
  const status = form.status === "valid" ? "invalid" : "valid";
  moves.push({ change: hers("status", form.status, status), form: (was) => ({ ...was, status }) });
  return moves;
}

function ofOthers(world: World, form: UserForm, ticket: FakeTicket, permission: string): Move[] {
  const moves: Move[] = [];
  for (const account of world.accounts.filter((one) => [form.account, ...form.further_accounts].includes(one.id))) {
    moves.push({
      change: line("account", account.key, account.id, "groups", "", `${ticket.group}:${permission}`),
      world: () => {
        const before = account.rights;
        account.rights = [...before, { group: ticket.group, permission, context: "Same" }];
        return () => void (account.rights = before);
      },
    });
  }
  const now = settingOf<boolean>(world, DISABLED);
  if (now !== null) {
    moves.push({
      change: line("setting", DISABLED, "", "value", String(now), String(!now)),
      world: () => {
        const before = world.settings;
        world.settings = withSettings(before, [{ name: DISABLED, value: String(!now) }]);
        return () => void (world.settings = before);
      },
    });
  }
  return moves;
}

/** Does all of them, asks, and takes them back. */
function tried<T>(moves: Move[], form: UserForm, ask: (form: UserForm) => T): T {
  const back = moves.map((move) => move.world?.());
  const told = ask(moves.reduce((was, move) => move.form?.(was) ?? was, form));
  for (const undo of back.toReversed()) undo?.();
  return told;
}

/** The right of an account that a change adds, as the matrix takes it. */
function cellsOf(world: World, { id, to }: FlipChange): MatrixEdits {
  const [name, permission] = to.split(":") as [string, string];
  const group = world.groups.find((one) => one.name === name)?.id ?? "";
  return { rows: "accounts", context: "same", cells: [{ row: id, group, before: [], permissions: [permission] }] };
}

/** The smallest changes that flip the answer: single ones, and pairs of which neither is enough alone. */
export function flipsOf(world: World, viewer: Viewer, form: UserForm, ticket: FakeTicket, question: string, all = false): Flips {
  const now = answer(world, form, ticket, question);
  if (now === null) return { question, answer: now, flips: [] };
  const permission = question === "reply" ? "rw" : "ro";
  const moves = [...ofPerson(world, viewer.id ?? "", form, ticket, permission), ...ofOthers(world, form, ticket, permission)];
  const holds = (some: Move[]) => tried(some, form, (then) => answer(world, then, ticket, question)) === !now;
  const single = moves.filter((move) => holds([move]));
  const rest = moves.filter((move) => !single.includes(move));
  const pairs = rest.flatMap((a, n) => rest.slice(n + 1).map((b) => [a, b])).filter(holds);
  const others = [...world.people.keys()].filter((id) => id !== viewer.id);
  const flips = [...single.map((move) => [move]), ...pairs].map((some): Flip => {
    const common = some.filter((move) => move.world);
    const exposure = exposureOf(world, common.length === 0 ? [] : others, () => {
      const back = common.map((move) => move.world?.());
      return () => back.toReversed().forEach((undo) => undo?.());
    });
    const { affected, people, unknown, tickets_gained, tickets_lost } = exposure;
    return {
      changes: some.map((move) => move.change),
      concerns: people,
      // What concerns everybody is counted when somebody asks.
      touches: !all && some.some(({ change }) => change.entity === "setting") ? null : { others: affected, concerns: people, unknown, tickets_gained, tickets_lost },
      form: some.some((move) => move.form) ? tried(some, form, (then) => then) : null,
      cells: some.flatMap(({ change }) => (change.entity === "account" ? [cellsOf(world, change)] : [])),
      settings: [],
    };
  });
  const size = (flip: Flip) => flip.changes.length * 1e6 + (flip.touches?.others ?? 0);
  return { question, answer: now, flips: flips.toSorted((a, b) => size(a) - size(b)).slice(0, 8) };
}

/** What the changes of one proposal mean for everybody else. */
export function flipTouchOf(world: World, viewer: Viewer, form: UserForm, ticket: FakeTicket, question: string, changes: FlipChange[]): FlipTouch | null {
  const { flips } = flipsOf(world, viewer, form, ticket, question, true);
  return flips.find((flip) => JSON.stringify(flip.changes) === JSON.stringify(changes))?.touches ?? null;
}
