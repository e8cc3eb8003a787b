import type { RecordQuery } from "@/bridge/types";

/** Which records to list, with every condition said. */
export type Listed = Required<RecordQuery>;

/** A query that lists all by name. */
export const everything: Listed = { search: "", sort: "name", descending: false, filters: [], changed: false };

/** Whether a query leaves something out. */
export function narrows(query: Listed): boolean {
  return query.search !== "" || query.changed || query.filters.length > 0;
}

/** What a query lists, whatever the order; equal for queries that list the same. */
export function conditionsOf({ search, filters, changed }: Listed): string {
  return JSON.stringify([search, filters.map((filter) => filter.join(":")).sort(), changed]);
}

/** A query as it was saved, perhaps by another version: what is missing or of another kind is as for all. */
export function readListed({ search, sort, descending, filters, changed }: Partial<Listed>): Listed {
  const isFilter = (one: unknown): one is [string, string] => Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === "string");
  return {
    search: typeof search === "string" ? search : "",
    sort: typeof sort === "string" && sort !== "" ? sort : everything.sort,
    descending: descending === true,
    filters: Array.isArray(filters) ? filters.filter(isFilter) : [],
    changed: changed === true,
  };
}
