import type { Reason, Untold, UserForm } from "../bindings.gen";
import { missingOf } from "./settings";
import type { FakeTicket, World } from "./world";

type Answer = boolean | null;

/** What a person's form and the desk's settings come to, worked out once a question. */
export interface Eyes {
  form: UserForm;
  accounts: string[];
  read: Map<string, string>;
  write: Map<string, string>;
  companyLists: Answer;
  support: Answer;
  unknownSettings: string[];
  /** Nothing that is not modelled decides. */
  settled: boolean;
}

export function settingOf<T>(world: World, name: string): T | null {
  const value = world.settings.find((setting) => setting.name === name)?.value;
  return value == null ? null : (JSON.parse(value) as T);
}

/** Where a right on a group comes from, by the group's name. */
function rights(world: World, form: UserForm, accounts: string[], wanted: string[]): Map<string, string> {
  const found = new Map<string, string>();
  if (settingOf<boolean>(world, "CustomerGroupSupport") === false) {
    for (const group of world.groups) found.set(group.name, "everybody");
    return found;
  }
  for (const name of settingOf<string[]>(world, "CustomerGroupAlwaysGroups") ?? []) found.set(name, "always");
  for (const account of world.accounts) {
    if (!accounts.includes(account.key)) continue;
    for (const right of account.rights) if (right.context === "Same" && wanted.includes(right.permission)) found.set(right.group, account.key);
  }
  for (const link of form.groups) {
    const group = world.groups.find((one) => one.id === link.group);
    if (group && link.permissions.some((permission) => wanted.includes(permission))) found.set(group.name, "own");
  }
  return found;
}

const SETTLED = "Portico::NothingElseDecides";

export function eyesOf(world: World, form: UserForm): Eyes {
  const accounts = [form.account, ...form.further_accounts]
    .map((id) => world.accounts.find((account) => account.id === id)?.key ?? "")
    .filter((key) => key !== "");
  const disabled = settingOf<boolean>(world, "Ticket::Frontend::CustomerDisableCompanyTicketAccess");
  return {
    form,
    accounts,
    read: rights(world, form, accounts, ["ro", "rw"]),
    write: rights(world, form, accounts, ["rw"]),
    companyLists: disabled === null ? null : !disabled,
    support: settingOf<boolean>(world, "CustomerGroupSupport"),
    unknownSettings: missingOf(world.settings),
    settled: settingOf<boolean>(world, SETTLED) !== false,
  };
}

export const owns = (eyes: Eyes, ticket: FakeTicket): boolean => ticket.owner === eyes.form.login;
export const ofAccount = (eyes: Eyes, ticket: FakeTicket): boolean => eyes.accounts.includes(ticket.account);

export function openable(eyes: Eyes, ticket: FakeTicket): Answer {
  if (eyes.support === null || !eyes.settled) return null;
  if (!eyes.read.has(ticket.group)) return false;
  if (owns(eyes, ticket)) return true;
  return eyes.companyLists === null ? null : eyes.companyLists && ofAccount(eyes, ticket);
}

export function inList(eyes: Eyes, ticket: FakeTicket, list: string): Answer {
  if (eyes.support === null || !eyes.settled) return null;
  if (list === "MyTickets") return owns(eyes, ticket) && eyes.read.has(ticket.group);
  if (eyes.companyLists === null) return null;
  return eyes.companyLists && eyes.read.has(ticket.group) && (owns(eyes, ticket) || ofAccount(eyes, ticket));
}

/** What is missing to tell who sees what. */
export function untoldOf(eyes: Eyes): Untold[] {
  const found: Untold[] = [];
  if (!eyes.settled) found.push({ setting: SETTLED, why: "parts of the desk that are not modelled may decide here" });
  if (eyes.support === null) found.push({ setting: "CustomerGroupSupport", why: "" });
  else if (eyes.companyLists === null) found.push({ setting: "Ticket::Frontend::CustomerDisableCompanyTicketAccess", why: "" });
  return found;
}

export function mayReply(eyes: Eyes, ticket: FakeTicket): Answer {
  const opened = openable(eyes, ticket);
  if (opened !== true) return opened;
  return eyes.write.has(ticket.group) && ticket.state !== "merged";
}

const reason = (rule: string, text: string, facts: [string, string][], standing = "M"): Reason => ({ rule, text, standing, facts, assumed: standing === "A" ? [rule] : [] });

export function loginReason(eyes: Eyes): Reason {
  return reason("otobo.login", "The customer user is valid", [["valid", eyes.form.status]]);
}

/** The rule that decides whether a ticket is listed, as one line. */
export function listReason(eyes: Eyes, ticket: FakeTicket): Reason {
  if (eyes.support === null) return reason("otobo.group", "The person may read the queue’s group", [["setting", "CustomerGroupSupport"]]);
  const from = eyes.read.get(ticket.group);
  if (from === undefined) return reason("otobo.group", "The person may read the queue’s group", [["group", ticket.group]]);
  if (owns(eyes, ticket)) return reason("otobo.searchable.own", "The ticket is in the person’s own name", [["owner", ticket.owner]]);
  return reason("otobo.searchable.account", "The ticket’s account is one of the person’s", [["account", ticket.account], ["group", `${ticket.group} (${from})`]]);
}
