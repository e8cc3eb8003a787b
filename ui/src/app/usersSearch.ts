import { type People, everybody } from "@/features/users/people";

/** What the address of the list of people holds. */
export interface UsersSearch {
  /** The open person. */
  id?: string;
  /** A new person: "yes", or the id of the one whose rights she gets. */
  new?: string;
  /** The key under which the new person's form is kept. */
  draft?: string;
  /** Number of the ticket whose "why" is open. */
  why?: string;
  /** Number of the change after which the preview looks at the portal; today without it. */
  at?: string;
  q?: string;
  status?: string;
  account?: string;
  group?: string;
  changed?: string;
  sort?: string;
  desc?: string;
  /** Id of the view that was picked last. */
  view?: string;
}

const names: (keyof UsersSearch)[] = ["id", "new", "draft", "why", "at", "q", "status", "account", "group", "changed", "sort", "desc", "view"];
const list = (text: string | undefined): string[] => (text ?? "").split(",").filter(Boolean);

/** Takes what the address holds, and nothing else. */
export function readUsersSearch(raw: Record<string, unknown>): UsersSearch {
  const known = names.map((name) => [name, raw[name]] as const).filter(([, value]) => typeof value === "string" && value !== "");
  return Object.fromEntries(known) as UsersSearch;
}

/** The query that an address asks for. */
export function queryOf(search: UsersSearch): People {
  return {
    search: search.q ?? "",
    status: list(search.status),
    accounts: list(search.account),
    groups: list(search.group),
    changed: search.changed === "yes",
    sort: search.sort ?? everybody.sort,
    descending: search.desc === "yes",
  };
}

/** The address with another query, and another view where one was picked; what is open stays open. */
export function withQuery(search: UsersSearch, query: People, view = search.view): UsersSearch {
  return readUsersSearch({
    id: search.id,
    new: search.new,
    draft: search.draft,
    why: search.why,
    at: search.at,
    q: query.search,
    status: query.status.join(","),
    account: query.accounts.join(","),
    group: query.groups.join(","),
    changed: query.changed ? "yes" : "",
    sort: query.sort === everybody.sort ? "" : query.sort,
    desc: query.descending ? "yes" : "",
    view: view === "all" ? "" : view,
  });
}
