import type { Reason, Why, WhyNode, WhyTree } from "../bindings.gen";
import { inList, mayReply, ofAccount, openable, owns, type Eyes } from "./access";
import type { FakeTicket } from "./world";

type Facts = [string, string][];
type Node = WhyNode & { holds: boolean | null };

const verdictOf = (holds: boolean | null): string => (holds === null ? "unknown" : holds ? "passed" : "blocked");

function fact(id: string, text: string, holds: boolean | null, facts: Facts, standing = "M"): Node {
  return { id, text, holds, verdict: verdictOf(holds), standing, source: "", kind: "fact", facts, children: [] };
}

function skip(node: Node): Node {
  return { ...node, verdict: "skipped", children: node.children.map((child) => skip(child as Node)) };
}

/** A junction; what stands behind the deciding child is skipped. */
function junction(kind: "all" | "any", id: string, text: string, parts: Node[]): Node {
  const deciding = kind === "any";
  let decided = false;
  const children = parts.map((part) => {
    if (decided) return skip(part);
    decided = part.holds === deciding;
    return part;
  });
  const holds = parts.some((part) => part.holds === deciding) ? deciding : parts.some((part) => part.holds === null) ? null : !deciding;
  return { id, text, holds, verdict: verdictOf(holds), standing: "", source: "", kind, facts: [], children };
}

function group(eyes: Eyes, ticket: FakeTicket, permission: "ro" | "rw"): Node {
  const from = (permission === "ro" ? eyes.read : eyes.write).get(ticket.group);
  const known = (holds: boolean): boolean | null => (eyes.support === null ? null : holds);
  return junction("any", "otobo.group", `The person has ${permission} on the queue’s group`, [
    fact("otobo.group.linked", "The group is linked to the person", known(from === "own"), [["group", ticket.group], ["login", eyes.form.login]]),
    fact("otobo.group.account", "The group is linked to one of the person’s accounts (Same)",
      known(eyes.accounts.includes(from ?? "")), [["group", ticket.group], ["accounts", eyes.accounts.join(", ")]]),
    fact("otobo.group.always", "A setting gives the group to everybody", known(from === "always" || from === "everybody"),
      [["CustomerGroupAlwaysGroups", "users"]], "D"),
  ]);
}

const own = (eyes: Eyes, ticket: FakeTicket): Node =>
  fact("otobo.searchable.own", "The ticket is in the person’s own name", owns(eyes, ticket), [["owner", ticket.owner], ["login", eyes.form.login]]);

const account = (eyes: Eyes, ticket: FakeTicket): Node =>
  fact("otobo.searchable.account", "The ticket’s account is one of the person’s", ofAccount(eyes, ticket),
    [["account", ticket.account], ["accounts", eyes.accounts.join(", ")]]);

const companyOn = (eyes: Eyes): Node =>
  fact("otobo.company.present", "The portal lists company tickets", eyes.companyLists,
    [["Ticket::Frontend::CustomerDisableCompanyTicketAccess", eyes.companyLists === null ? "?" : eyes.companyLists ? "0" : "1"]], "D");

function treeOf(eyes: Eyes, ticket: FakeTicket, question: string): Node {
  switch (question) {
    case "login":
      return fact("otobo.login", "The customer user is valid", eyes.form.status === "valid", [["valid", eyes.form.status]]);
    case "MyTickets":
      return junction("all", "otobo.mine", "The ticket is in My tickets", [own(eyes, ticket), group(eyes, ticket, "ro")]);
    case "CompanyTickets":
      return junction("all", "otobo.company", "The ticket is in Company tickets", [
        companyOn(eyes),
        fact("otobo.archive", "Archived or not makes no difference", true, [], "A"),
        junction("any", "otobo.searchable.relation", "It is the person’s, or her account’s", [account(eyes, ticket), own(eyes, ticket)]),
        group(eyes, ticket, "ro"),
      ]);
    case "openable":
      return junction("all", "otobo.openable", "The ticket can be opened by its number", [
        group(eyes, ticket, "ro"),
        junction("any", "otobo.openable.relation", "It is the person’s, or her account’s", [
          own(eyes, ticket),
          junction("all", "otobo.openable.company", "Through the account", [companyOn(eyes), account(eyes, ticket)]),
        ]),
      ]);
    default:
      return junction("all", "otobo.reply", "The ticket can be replied to", [
        group(eyes, ticket, "rw"),
        fact("otobo.reply.state", "The state lets a reply in", ticket.state !== "merged", [["state", ticket.state]]),
      ]);
  }
}

/** The deepest node that decided, for the headline. */
function reasonOf(node: Node): Reason {
  const deciding = node.children.find((child) => child.verdict === node.verdict && (node.kind === "all") !== node.holds);
  if (deciding && deciding.kind !== "any") return reasonOf(deciding as Node);
  const named = (deciding ?? node) as Node;
  return { rule: named.id, text: named.text, standing: named.standing || "M", facts: named.facts, assumed: named.standing === "A" ? [named.id] : [] };
}

/** All trees for a ticket. */
export function whyOf(eyes: Eyes, ticket: FakeTicket): Why {
  const questions = ["login", "MyTickets", ...(eyes.companyLists === false ? [] : ["CompanyTickets"]), "openable", "reply"];
  const trees: WhyTree[] = questions.map((question) => {
    const tree = treeOf(eyes, ticket, question);
    return { question, answer: tree.holds, reason: reasonOf(tree), tree };
  });
  const lists = [inList(eyes, ticket, "MyTickets"), inList(eyes, ticket, "CompanyTickets")];
  return {
    login: eyes.form.login,
    ticket: ticket.number,
    title: ticket.title,
    place: ticket.queue,
    right: null,
    may_log_in: eyes.form.status === "valid",
    listed: lists.includes(true) ? true : lists.includes(null) ? null : false,
    openable: openable(eyes, ticket),
    reply: mayReply(eyes, ticket),
    trees,
  };
}
