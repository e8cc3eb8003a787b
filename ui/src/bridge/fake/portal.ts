import type { ActivityView, ColleagueSetting, ColleagueView, NewTicket, PageQuery, Preview, PreviewList, Reason, TicketPage, TicketRow, TicketView, UserForm, VisitorPreview } from "../bindings.gen";
import { eyesOf, inList, listReason, loginReason, mayReply, ofAccount, openable, owns, settingOf, untoldOf, type Eyes } from "./access";
import { homeOf, partsOf } from "./portalParts";
import { Refusal } from "./refusal";
import { missingOf } from "./settings";
import type { FakeTicket, World } from "./world";

/** The one rule of the fake's that no documentation states. */
const ARCHIVED = { id: "otobo.archive", text: "Archived or not makes no difference", source: "not measured" };
const LISTS = ["MyTickets", "CompanyTickets"] as const;
const PAGE = 50;

const listsOf = (eyes: Eyes): string[] => LISTS.filter((list) => list === "MyTickets" || eyes.companyLists !== false);
const listed = (eyes: Eyes, ticket: FakeTicket): boolean => LISTS.some((list) => inList(eyes, ticket, list) === true);
/** Whether it cannot be told if a list shows it, or if it can be opened. */
function isUntold(eyes: Eyes, ticket: FakeTicket): boolean {
  const shown = LISTS.map((list) => inList(eyes, ticket, list));
  return (!shown.includes(true) && shown.includes(null)) || openable(eyes, ticket) === null;
}
const related = (eyes: Eyes, ticket: FakeTicket): boolean => owns(eyes, ticket) || ofAccount(eyes, ticket);

function countList(world: World, name: string, eyes: Eyes, saved: Eyes | null): PreviewList {
  const list: PreviewList = { name, all: 0, open: 0, closed: 0, unknown: 0, gained: 0, lost: 0 };
  for (const ticket of world.tickets) {
    const now = inList(eyes, ticket, name) === true;
    const before = saved ? inList(saved, ticket, name) === true : now;
    if (inList(eyes, ticket, name) === null) list.unknown += 1;
    if (now) {
      list.all += 1;
      if (ticket.open) list.open += 1;
      else list.closed += 1;
    }
    if (now && !before) list.gained += 1;
    if (!now && before) list.lost += 1;
  }
  return list;
}

function newTicket(world: World, eyes: Eyes): NewTicket | null {
  if (eyes.support === null) return null;
  return {
    allowed: true,
    responsible_groups: [],
    responsible_agents: [],
    queues: world.groups.filter((group) => eyes.write.has(group.name)).flatMap((group) => group.queues),
    types: settingOf<boolean>(world, "Ticket::Type") ? ["Incident", "Request"] : [],
    priorities: ["1 very low", "2 low", "3 normal", "4 high", "5 very high"],
    services: [],
    apps: [],
    state: "new",
    medium: "",
    priority: "",
    to_group: null,
    assumed_in: [],
  };
}

function addressOf(world: World): string {
  const instance = world.desk === "daktela" ? settingOf<string>(world, "Portal::Instance") : null;
  return instance ? `https://${instance}/clients/login` : "";
}

/** The portal's front; `saved` only in a draft, to count what is gained and lost. */
export function previewOf(world: World, form: UserForm, savedForm: UserForm | null, draft: boolean): Preview {
  const eyes = eyesOf(world, form);
  const saved = draft && savedForm ? eyesOf(world, savedForm) : null;
  let gained = 0;
  let lost = 0;
  let hidden = 0;
  for (const ticket of world.tickets) {
    const now = listed(eyes, ticket);
    if (saved && now !== listed(saved, ticket)) {
      if (now) gained += 1;
      else lost += 1;
    }
    if (!now && related(eyes, ticket) && !isUntold(eyes, ticket)) hidden += 1;
  }
  const unknown = world.tickets.filter((ticket) => isUntold(eyes, ticket)).length;
  const lists = listsOf(eyes).map((name) => countList(world, name, eyes, saved));
  return {
    assumed_in: [],
    login: form.login,
    name: `${form.first_name} ${form.last_name}`.trim(),
    address: addressOf(world),
    may_log_in: form.status === "valid",
    home: homeOf(world, form),
    colleagues: [],
    machines: [],
    contact_persons: [],
    objects: [],
    parts: partsOf(world, form, draft ? savedForm : null, lists[0] ?? countList(world, "MyTickets", eyes, saved)),
    login_reason: loginReason(eyes),
    lists,
    hidden,
    unknown,
    untold: unknown > 0 ? untoldOf(eyes) : [],
    may_create: eyes.support === null ? null : true,
    new_ticket: newTicket(world, eyes),
    reply_states: ["open", "closed successful", "closed unsuccessful"],
    as_of: world.asOf,
    unknown_settings: eyes.unknownSettings,
    assumed: lists.some((list) => list.name === "CompanyTickets" && list.all > 0) ? [ARCHIVED] : [],
    draft,
    gained,
    lost,
  };
}

/** What a draft does to a ticket's place in a list. */
function changeOf(eyes: Eyes, saved: Eyes | null, ticket: FakeTicket, list: string): "gained" | "lost" | "" {
  if (!saved || ["Hidden", "Untold"].includes(list)) return "";
  const now = inList(eyes, ticket, list) === true;
  return now === (inList(saved, ticket, list) === true) ? "" : now ? "gained" : "lost";
}

/** A page of a list, newest first, with what a draft loses in its place. */
export function pageOf(world: World, form: UserForm, savedForm: UserForm | null, query: PageQuery): TicketPage {
  const eyes = eyesOf(world, form);
  const saved = savedForm ? eyesOf(world, savedForm) : null;
  const here = world.tickets.filter((ticket) => {
    if (query.tab !== "all" && ticket.open !== (query.tab === "open")) return false;
    if (query.list === "Hidden") return !isUntold(eyes, ticket) && !listed(eyes, ticket) && related(eyes, ticket);
    if (query.list === "Untold") return isUntold(eyes, ticket);
    const change = changeOf(eyes, saved, ticket, query.list);
    return query.changed ? change !== "" : change === "lost" || inList(eyes, ticket, query.list) === true;
  });
  const sorted = here.sort((a, b) => b.created.localeCompare(a.created) || a.id - b.id);
  const start = query.after ? sorted.findIndex((ticket) => ticket.id === query.after?.id) + 1 : 0;
  const rows = sorted.slice(start, start + PAGE);
  const last = rows[rows.length - 1];
  return {
    rows: rows.map((ticket): TicketRow => ({
      number: ticket.number,
      title: ticket.title,
      place: ticket.queue,
      state: ticket.state,
      created: ticket.created,
      openable: openable(eyes, ticket),
      reason: listReason(eyes, ticket),
      untold: query.list === "Untold" ? untoldOf(eyes) : [],
      assumed: query.list === "CompanyTickets" ? [ARCHIVED.id] : [],
      change: changeOf(eyes, saved, ticket, query.list),
    })),
    next: last && start + PAGE < sorted.length ? { age: -Date.parse(last.created), id: last.id } : null,
  };
}

/** What was said; where the page is not open, nothing of it is shown. */
function activities(ticket: FakeTicket, opened: boolean | null, page: Reason): ActivityView[] {
  const texts: [string, string, boolean, string][] = [
    ["customer", ticket.owner, true, `Hello,\n\n${ticket.title}. It started this morning and concerns the whole team.\n\nKind regards`],
    ["agent", "Service Desk", true, "Thank you for your message. We are looking into it and will be back today."],
    ["agent", "Service Desk", false, "Internal: same as last week, ask the supplier before we answer. <b>Do not forward.</b>"],
  ];
  const own: Reason = { rule: "otobo.activity.visible", text: "Articles that are marked as visible for the customer are shown.", standing: "M", facts: [], assumed: [] };
  return texts.slice(0, 1 + (ticket.id % 3)).map(([sender, from, visible, body], index) => {
    const shown = opened === true || (opened === null && !visible) ? visible : opened;
    return {
      position: index + 1,
      shown,
      simplified: false,
      reason: opened === true || (opened === null && !visible) ? { ...own, facts: [["visible for the customer", String(visible)]] } : page,
      assumed: [],
      channel: index === 0 ? "Email" : "Internal",
      sender,
      from: shown === true ? from : "",
      subject: shown === true ? ticket.title : "",
      body: shown === true ? body : null,
      created: new Date(Date.parse(ticket.created) + index * 3_600_000).toISOString(),
    };
  });
}

/** A ticket's page. */
export function ticketOf(world: World, form: UserForm, ticket: FakeTicket): TicketView {
  const eyes = eyesOf(world, form);
  const opened = openable(eyes, ticket);
  const reply = mayReply(eyes, ticket);
  return {
    number: ticket.number,
    title: ticket.title,
    openable: opened,
    listed: eyes.support === null ? null : listed(eyes, ticket),
    has_comments: false,
    may_comment: false,
    may_reply: reply,
    attributes: opened === true ? [["queue", ticket.queue], ["priority", "3 normal"], ["state", ticket.state]] : [],
    created: ticket.created,
    activities: activities(ticket, opened, listReason(eyes, ticket)),
    reply_states: reply === true ? ["open", "closed successful", "closed unsuccessful"] : [],
    reply_preset: reply === true ? "open" : "",
    assumed_in: [],
    as_of: world.asOf,
  };
}

/** Somebody whom a person sees, as some fields of her form say. */
export function colleagueOf(world: World, id: string): ColleagueView {
  const person = world.people.get(id);
  if (!person) throw new Refusal("not_found", `there is no external_user ${id}`);
  const { form } = person;
  const text = (field: string, value: string): ColleagueSetting => ({ field, on: null, values: value === "" ? [] : [value] });
  return {
    id,
    login: form.login,
    name: `${form.first_name} ${form.last_name}`.trim(),
    reason: { rule: "daktela.colleague.contact", text: "External users with common contacts are seen, with their settings.", standing: "D", facts: [], assumed: [] },
    settings: [
      text("login", form.login),
      text("description", form.description),
      text("email", form.email),
      text("status", form.status),
      { field: "account_tickets", on: form.account_tickets, values: [] },
      { field: "external_comments", on: form.external_comments, values: [] },
    ],
  };
}

/** What is there before the log-in: nothing but the login page, except where a Zoho portal is open. */
export function visitorOf(world: World): VisitorPreview {
  const isOpen = world.desk === "zoho" && settingOf<string>(world, "Portal::Access") === "all";
  const mustLogIn = settingOf<boolean>(world, "Portal::LoginToSubmit") ?? true;
  const speaks = world.desk === "zoho";
  const why = (rule: string, standing = "D"): Reason => ({ rule, text: rule, standing, facts: [], assumed: standing === "A" ? [rule] : [] });
  const portal = world.desk === "elma365" ? settingOf<boolean>(world, "Portal::Active") : true;
  return {
    address: addressOf(world),
    portal,
    portal_reason: world.desk === "elma365" ? why("elma365.portal.active") : why("", ""),
    may_submit: isOpen && !mustLogIn,
    submit_reason: speaks ? why("zoho.new") : why("", ""),
    home: speaks ? [{ name: "KnowledgeBase", shown: isOpen, reason: why("zoho.home.knowledge") }, { name: "AddRequestWidget", shown: isOpen, reason: why("zoho.home.scenario", "A") }] : [],
    unknown_settings: speaks ? missingOf(world.settings) : [],
  };
}
