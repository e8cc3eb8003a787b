import type { FacetValue, FoundPeople, QueryNames, Selection, UserQuery, UserRow } from "../bindings.gen";
import { findUsers, matches } from "./users";
import type { FakePerson, World } from "./world";

/** The people of a selection, in the order of its query. */
export function selected(world: World, { ids = [], all = null, except = [] }: Selection): UserRow[] {
  const everybody = findUsers(world, all ? { sort: all.sort, descending: all.descending } : {});
  const matching = new Set(all ? findUsers(world, all).map((row) => row.id) : []);
  return everybody.filter((row) => ids.includes(row.id) || (matching.has(row.id) && !except.includes(row.id)));
}

/** How many people each group has, under all other conditions. */
export function groupFacet(world: World, query: UserQuery): FacetValue[] {
  const people = [...world.people.values()].filter((person) => matches(world, person, query, "groups"));
  return world.groups
    .map(({ id, name }) => ({ value: id, label: name, count: people.filter(({ form }) => form.groups.some((link) => link.group === id)).length }))
    .filter((facet) => facet.count > 0);
}

/** What a query names by id, and whether it is still there. */
export function namesIn(world: World, query: UserQuery): QueryNames {
  const named = (ids: string[] | undefined, things: { id: string; name: string }[]) =>
    (ids ?? []).map((id) => {
      const name = things.find((thing) => thing.id === id)?.name;
      return { id, name: name ?? "", gone: name === undefined };
    });
  return { accounts: named(query.accounts, world.accounts), groups: named(query.groups, world.groups) };
}

/** Whom a pasted list means. */
export function foundBy(world: World, field: "login" | "email", asked: string[]): FoundPeople {
  const answer: FoundPeople = { found: [], other_case: [], ambiguous: [], missing: [], twice: [] };
  const people = [...world.people.values()];
  const taken = new Set<string>();
  const seen = new Set<string>();
  const take = (person: FakePerson, text: string, add: () => void) => {
    if (taken.has(person.id)) answer.twice.push(text);
    else add();
    taken.add(person.id);
  };
  for (const text of asked.map((one) => one.trim()).filter(Boolean)) {
    const like = people.filter(({ form }) => form[field].toLowerCase() === text.toLowerCase());
    const exact = field === "login" ? like.find(({ form }) => form.login === text) : undefined;
    const one = exact ?? (like.length === 1 ? like[0] : undefined);
    if (seen.has(text)) answer.twice.push(text);
    else if (one && (exact || field === "email")) take(one, text, () => answer.found.push(one.id));
    else if (one) take(one, text, () => answer.other_case.push({ asked: text, login: one.form.login, id: one.id }));
    else if (like.length > 1) answer.ambiguous.push({ asked: text, logins: like.map(({ form }) => form.login) });
    else answer.missing.push(text);
    seen.add(text);
  }
  return { ...answer, twice: [...new Set(answer.twice)] };
}
