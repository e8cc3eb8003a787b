import type { FindingCounts, FindingKind, FindingPage, FindingQuery, FindingRow } from "../bindings.gen";
import type { FakePerson, World } from "./world";

interface FakeCheck {
  check: string;
  kind: Omit<FindingKind, "shown" | "muted" | "kind_muted">;
  text: string;
  fix: FindingRow["fix"];
  finds: (person: FakePerson, world: World) => string | null;
}

const person = "external_user";
const NOBODY = null;

/** Of the program's checks the few that the fake's people can come to. */
const CHECKS: readonly FakeCheck[] = [
  {
    check: "expired",
    kind: { id: "expired", severity: "serious", about: person, text: "People whose last day of access is over" },
    text: "The last day of access is over, and the person can still log in.",
    fix: { how: "offboard", field: "", value: "" },
    finds: ({ form }) => (form.status === "valid" && form.expires !== "" && form.expires < "2026-11-26" ? form.expires : NOBODY),
  },
  {
    check: "account_missing",
    kind: { id: "account_missing", severity: "warning", about: person, text: "People whose account has no valid record" },
    text: "None of the person's accounts is recorded and valid.",
    fix: { how: "open", field: "account", value: "" },
    finds: ({ form }) => (form.status === "valid" && form.account === "" ? "" : NOBODY),
  },
  {
    check: "same_email",
    kind: { id: "same_person", severity: "warning", about: person, text: "E-mail addresses used twice" },
    text: "Somebody else who can log in has the same e-mail address.",
    fix: { how: "open", field: "email", value: "" },
    finds: ({ id, form }, world) => ([...world.people.values()].some((other) => other.id !== id && other.form.email === form.email && form.email !== "") ? form.email : NOBODY),
  },
  {
    // In the program only where sponsors are used; here of those who have several rights.
    check: "no_sponsor",
    kind: { id: "no_sponsor", severity: "note", about: person, text: "People with no sponsor" },
    text: "Others have somebody inside who answers for them; this person has nobody.",
    fix: { how: "open", field: "sponsor", value: "" },
    finds: ({ form }) => (form.sponsor === "" && form.groups.length > 1 ? "" : NOBODY),
  },
];

/** What is muted, with the reason, by kind or by finding. */
export type Mutes = Map<string, string>;

function rowsOf(world: World, mutes: Mutes, { check, kind, text, fix, finds }: FakeCheck): FindingRow[] {
  return [...world.people.values()].flatMap((one) => {
    const note = finds(one, world);
    if (note === null) return [];
    const name = `${one.form.first_name} ${one.form.last_name}`.trim();
    const account = world.accounts.find(({ id }) => id === one.form.account)?.name ?? "";
    const key = `${check} ${one.id}`;
    return [{ key, kind: kind.id, severity: kind.severity, check, subject: one.id, name, login: one.form.login, account, note, text, rule: "", standing: "M", fix, muted: mutes.get(key) ?? null }];
  });
}

/** How many there are of each kind. */
export function countsOf(world: World, mutes: Mutes): FindingCounts {
  const kinds = CHECKS.map((check): FindingKind => {
    const rows = rowsOf(world, mutes, check);
    const muted = mutes.has(check.kind.id) ? rows.length : rows.filter((row) => row.muted !== null).length;
    return { ...check.kind, shown: rows.length - muted, muted, kind_muted: mutes.get(check.kind.id) ?? null };
  });
  return { total: kinds.reduce((sum, kind) => sum + kind.shown, 0), kinds };
}

/** A page of a kind. */
export function pageOfFindings(world: World, mutes: Mutes, { kind, muted, after, limit }: FindingQuery): FindingPage {
  const check = CHECKS.find((one) => one.kind.id === kind);
  const rows = (check ? rowsOf(world, mutes, check) : []).filter((row) => (row.muted !== null) === muted).toSorted((a, b) => a.name.localeCompare(b.name));
  const from = Number(after ?? 0);
  const page = rows.slice(from, from + limit);
  return { rows: page, next: page.length === limit ? String(from + limit) : null };
}

export const ofUser = (world: World, mutes: Mutes, id: string): FindingRow[] => CHECKS.flatMap((check) => rowsOf(world, mutes, check)).filter((row) => row.subject === id && row.muted === null);

export const peopleOf = (world: World, mutes: Mutes, kind: string): string[] => CHECKS.filter((check) => check.kind.id === kind).flatMap((check) => rowsOf(world, mutes, check)).filter((row) => row.muted === null).map((row) => row.subject);
