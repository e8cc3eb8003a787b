import type { Selection as BridgeSelection, UserQuery } from "@/bridge/types";
import type { Selection } from "@/kit/selection";

/** Which people to list, with every condition said that the list has a control for. */
export type People = Required<Omit<UserQuery, "conditions">>;

/** A query that lists everybody by surname. */
export const everybody: People = {
  search: "",
  status: [],
  accounts: [],
  groups: [],
  changed: false,
  sort: "name",
  descending: false,
};

/** Whether a query leaves somebody out. */
export function narrows(query: People): boolean {
  return query.search !== "" || query.changed || [query.status, query.accounts, query.groups].some((chosen) => chosen.length > 0);
}

/** What a query lists, whatever the order; equal for queries that list the same. */
export function conditionsOf({ search, status, accounts, groups, changed }: People): string {
  return JSON.stringify([search, [...status].sort(), [...accounts].sort(), [...groups].sort(), changed]);
}

/** A query as it was saved, perhaps by another version: what is missing or of another kind is as for everybody. */
export function readPeople(saved: Partial<People>): People {
  const list = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
  const { search, changed, sort, descending } = saved;
  return {
    search: typeof search === "string" ? search : "",
    status: list(saved.status),
    accounts: list(saved.accounts),
    groups: list(saved.groups),
    changed: changed === true,
    sort: typeof sort === "string" ? sort : everybody.sort,
    descending: descending === true,
  };
}

/** The selected rows of a list as the program takes them. */
export function selectedPeople(selection: Selection, query: People): BridgeSelection {
  return selection.all ? { ids: [], all: query, except: [...selection.except] } : { ids: [...selection.ids], all: null, except: [] };
}
