import { useMemo } from "react";
import { useStored } from "./stored";

/** A way to look at a list that somebody saved. */
export interface SavedView<Query> {
  id: string;
  name: string;
  /** Search, facets and order. */
  query: Query;
  /** Keys of the columns, in order; `null` for those at the beginning. */
  columns: string[] | null;
  /** What people called the things that the query names by id, when it was saved: they may be gone one day. */
  names: Record<string, string>;
}

/** The saved views of a list, and what can be done with them. */
export interface SavedViews<Query> {
  views: SavedView<Query>[];
  /** Keeps a view; one with the same id is replaced. */
  put: (view: SavedView<Query>) => void;
  remove: (id: string) => void;
}

const noViews: SavedView<never>[] = [];

/** The views of one list that the window remembers for a desk: ids of accounts and groups mean the same there. */
export function useSavedViews<Query>(list: string, desk: string): SavedViews<Query> {
  const { value, change } = useStored<SavedView<Query>[]>(`views.${list}.${desk}`, noViews);
  return useMemo(
    () => ({
      views: value,
      put: (view) =>
        change((before) => (before.some(({ id }) => id === view.id) ? before.map((one) => (one.id === view.id ? view : one)) : [...before, view])),
      remove: (id) => change((before) => before.filter((view) => view.id !== id)),
    }),
    [value, change],
  );
}
