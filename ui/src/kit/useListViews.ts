import { useMemo } from "react";
import { type ColumnChoice, chosenColumns, sameColumns, shownKeys } from "./columnChoice";
import type { TableColumn } from "./tableColumns";
import type { View } from "./ViewMenu";

/** How a list is sorted, whatever else its query says. */
interface Sorted {
  sort: string;
  descending: boolean;
}

/** A view as it is kept. */
interface KeptView<Query> {
  id: string;
  name: string;
  query: Query;
  /** Keys of the columns, in order; `null` for those at the beginning. */
  columns: string[] | null;
  /** What people called the things that the query names by id. */
  names: Record<string, string>;
}

/** The columns that were chosen, by view. */
export type Choices = Record<string, string[] | null>;

/** Where the columns that are chosen are kept, before anybody chose any. */
export const noChoices: Choices = {};

/** The views that are there for everybody share their columns. */
const SHARED = "";

interface ListViews<Row, Query extends Sorted> {
  /** The views that are there for everybody; the first is the one of the whole list. Memoised by the caller. */
  builtIn: readonly { id: string; name: string; query: Query }[];
  /** The views that somebody saved. */
  saved: { views: KeptView<Query>[]; put: (view: KeptView<Query>) => void; remove: (id: string) => void };
  choices: { value: Choices; change: (next: (before: Choices) => Choices) => void };
  /** All columns there are. */
  columns: TableColumn<Row>[];
  query: Query;
  /** Id of the view; an unknown one is the first. */
  view: string;
  onQuery: (query: Query, view?: string) => void;
  /** A query as it was saved, perhaps by another version. */
  read: (saved: Partial<Query>) => Query;
  /** What a query lists, whatever the order. */
  conditionsOf: (query: Query) => string;
  /** What people call the things that the query names by id. */
  names: Record<string, string>;
}

/** The views of a list and the columns it shows, and what can be done with them. */
export function useListViews<Row, Query extends Sorted>({ builtIn, saved, choices, columns, query, view, onQuery, read, conditionsOf, names }: ListViews<Row, Query>) {
  interface Held extends View {
    query: Query;
    columns: ColumnChoice;
  }
  const all: Held[] = [
    ...builtIn.map((one): Held => ({ ...one, builtIn: true, columns: null })),
    ...saved.views.map(({ id, name, query: of, columns: shown }): Held => ({ id, name, builtIn: false, query: read(of), columns: shown })),
  ];
  const first = all[0] as Held;
  const current = all.find((one) => one.id === view) ?? first;

  const key = current.builtIn ? SHARED : current.id;
  const chosen = choices.value[key];
  const choice: ColumnChoice = chosen === undefined ? current.columns : chosen;
  const forget = (id: string) => choices.change((before) => Object.fromEntries(Object.entries(before).filter(([of]) => of !== id)));
  const differs = conditionsOf(query) !== conditionsOf(current.query);
  const reordered = !current.builtIn && (query.sort !== current.query.sort || query.descending !== current.query.descending);
  const rearranged = !current.builtIn && !sameColumns(columns, choice, current.columns);
  const keep = (id: string, name: string): KeptView<Query> => ({ id, name, query, columns: choice === null ? null : shownKeys(columns, choice), names });

  return {
    /** What people called the things that the current view names, when it was saved. */
    remembered: saved.views.find(({ id }) => id === current.id)?.names ?? {},
    choice,
    onChoice: (next: ColumnChoice) => choices.change((before) => ({ ...before, [key]: next === null ? null : [...next] })),
    /** The columns that are shown, in order. */
    shown: useMemo(() => chosenColumns(columns, choice), [columns, choice]),
    menu: {
      views: all,
      current,
      modified: differs || reordered || rearranged,
      onPick: (id: string) => {
        const picked = all.find((one) => one.id === id);
        if (picked) onQuery(picked.query, picked.id);
      },
      onSaveAs: (name: string) => {
        const id = crypto.randomUUID();
        saved.put(keep(id, name));
        onQuery(query, id);
      },
      onSave: () => {
        saved.put(keep(current.id, current.name));
        forget(current.id);
      },
      onRename: (name: string) => {
        const before = saved.views.find(({ id }) => id === current.id);
        if (before) saved.put({ ...before, name });
      },
      onDelete: () => {
        saved.remove(current.id);
        forget(current.id);
        onQuery(first.query, first.id);
      },
      onReset: () => {
        if (!current.builtIn) forget(current.id);
        onQuery(current.query, current.id);
      },
    },
  };
}
