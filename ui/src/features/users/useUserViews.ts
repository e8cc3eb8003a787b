import { useMemo } from "react";
import { useQueryNames, useWorkspace } from "@/bridge/reads";
import { useStored } from "@/bridge/stored";
import { type SavedView, useSavedViews } from "@/bridge/views";
import type { UserRow } from "@/bridge/types";
import { type ColumnChoice, chosenColumns, sameColumns, shownKeys } from "@/kit/columnChoice";
import type { TableColumn } from "@/kit/tableColumns";
import type { View } from "@/kit/ViewMenu";
import { useWords } from "@/words";
import { type People, conditionsOf, everybody, readPeople } from "./people";

interface Held extends View {
  query: People;
  columns: ColumnChoice;
}

/** What the address says of the list, and how to change it. */
interface Address {
  query: People;
  /** Id of the view; an unknown one is the first. */
  view: string;
  onQuery: (query: People, view?: string) => void;
}

type Choices = Record<string, string[] | null>;

const noChoices: Choices = {};
/** The views that are there for everybody share their columns. */
const SHARED = "";

/** Names of accounts and groups that a query asks for and that are gone. */
export interface Gone {
  ids: string[];
  names: string[];
}

/** The views of the list of people, the columns it shows, and what its filters name. */
export function useUserViews({ query, view, onQuery }: Address, columns: TableColumn<UserRow>[]) {
  const { t } = useWords();
  const desk = useWorkspace().data?.desk ?? "";
  const { views: saved, put, remove } = useSavedViews<People>("users", desk);
  const choices = useStored<Choices>(`columns.users.${desk}`, noChoices);
  const named = useQueryNames(query).data;

  const all = useMemo((): Held[] => {
    const builtIn = (id: string, name: string, change: Partial<People>): Held => ({ id, name, builtIn: true, query: { ...everybody, ...change }, columns: null });
    return [
      builtIn("all", t("lists.viewAll"), {}),
      builtIn("changed", t("lists.viewChanged"), { changed: true }),
      builtIn("invalid", t("lists.viewInvalid"), { status: ["invalid"] }),
      ...saved.map(({ id, name, query: of, columns: shown }): Held => ({ id, name, builtIn: false, query: readPeople(of), columns: shown })),
    ];
  }, [saved, t]);
  const current = all.find((one) => one.id === view) ?? (all[0] as Held);

  const key = current.builtIn ? SHARED : current.id;
  const chosen = choices.value[key];
  const choice: ColumnChoice = chosen === undefined ? current.columns : chosen;
  const forget = (id: string) => choices.change((before) => Object.fromEntries(Object.entries(before).filter(([of]) => of !== id)));
  const differs = conditionsOf(query) !== conditionsOf(current.query);
  const reordered = !current.builtIn && (query.sort !== current.query.sort || query.descending !== current.query.descending);
  const rearranged = !current.builtIn && !sameColumns(columns, choice, current.columns);

  const names = Object.fromEntries([...(named?.accounts ?? []), ...(named?.groups ?? [])].filter((one) => !one.gone).map(({ id, name }) => [id, name]));
  const keep = (id: string, name: string): SavedView<People> => ({ id, name, query, columns: choice === null ? null : shownKeys(columns, choice), names });
  const remembered = saved.find(({ id }) => id === current.id)?.names ?? {};
  const gone: Gone = { ids: [], names: [] };
  for (const { id } of (named?.accounts ?? []).filter((one) => one.gone)) {
    gone.ids.push(id);
    gone.names.push(remembered[id] ? t("lists.goneAccountNamed", { name: remembered[id] }) : t("lists.goneAccount"));
  }
  for (const { id } of (named?.groups ?? []).filter((one) => one.gone)) {
    gone.ids.push(id);
    gone.names.push(remembered[id] ? t("lists.goneGroupNamed", { name: remembered[id] }) : t("lists.goneGroup"));
  }

  return {
    gone,
    /** What people call the accounts and groups of the query, by id. */
    names,
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
        put(keep(id, name));
        onQuery(query, id);
      },
      onSave: () => {
        put(keep(current.id, current.name));
        forget(current.id);
      },
      onRename: (name: string) => {
        const before = saved.find(({ id }) => id === current.id);
        if (before) put({ ...before, name });
      },
      onDelete: () => {
        remove(current.id);
        forget(current.id);
        onQuery(everybody, "all");
      },
      onReset: () => {
        if (!current.builtIn) forget(current.id);
        onQuery(current.query, current.id);
      },
    },
  };
}
