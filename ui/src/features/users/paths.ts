/** Conditions with which the list of people opens. */
export interface UsersLink {
  /** The person to open. */
  id?: string;
  /** The status to filter by. */
  status?: string;
  /** Id of an account to filter by. */
  account?: string;
  /** Id of a group to filter by. */
  group?: string;
  /** Number of the ticket whose "why" is to stand beside the person. */
  why?: string;
  /** Number of the change after which the preview is to look at the portal. */
  at?: number;
  /** Only people who differ from what the desk has. */
  changed?: boolean;
}

/** Where the list of people is, as an address for links. */
export function usersHref(link: UsersLink = {}): string {
  const search = new URLSearchParams();
  if (link.id) search.set("id", link.id);
  if (link.status) search.set("status", link.status);
  if (link.account) search.set("account", link.account);
  if (link.group) search.set("group", link.group);
  if (link.why) search.set("why", link.why);
  if (link.at !== undefined) search.set("at", String(link.at));
  if (link.changed) search.set("changed", "yes");
  const text = search.toString();
  return text === "" ? "#/users" : `#/users?${text}`;
}

/** Where a person's form is, as an address for links. */
export function userHref(id: string): string {
  return usersHref({ id });
}

/** Where the form of a new person is. */
export const newUserHref = "#/users?new=yes";

let handed: readonly string[] = [];

/** Hands people over to the list, which then has exactly them selected; the answer is where the list is. */
export function handPeople(ids: readonly string[]): string {
  handed = ids;
  return usersHref();
}

/** The people who were handed over last, until somebody has them. */
export const handedPeople = (): readonly string[] => handed;

/** They have arrived. */
export function haveHanded(): void {
  handed = [];
}
