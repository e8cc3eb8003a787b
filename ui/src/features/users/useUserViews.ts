import { useMemo } from "react";
import { useQueryNames, useWorkspace } from "@/bridge/reads";
import { useStored } from "@/bridge/stored";
import type { UserRow } from "@/bridge/types";
import { useSavedViews } from "@/bridge/views";
import type { TableColumn } from "@/kit/tableColumns";
import { type Choices, noChoices, useListViews } from "@/kit/useListViews";
import { useWords } from "@/words";
import { type People, conditionsOf, everybody, readPeople } from "./people";

/** What the address says of the list, and how to change it. */
interface Address {
  query: People;
  /** Id of the view; an unknown one is the first. */
  view: string;
  onQuery: (query: People, view?: string) => void;
}

/** Names of accounts and groups that a query asks for and that are gone. */
export interface Gone {
  ids: string[];
  names: string[];
}

/** The views of the list of people, the columns it shows, and what its filters name. */
export function useUserViews(address: Address, columns: TableColumn<UserRow>[]) {
  const { t } = useWords();
  const desk = useWorkspace().data?.desk ?? "";
  const named = useQueryNames(address.query).data;
  const accounts = named?.accounts ?? [];
  const groups = named?.groups ?? [];
  const names = Object.fromEntries([...accounts, ...groups].filter((one) => !one.gone).map(({ id, name }) => [id, name]));
  const builtIn = useMemo(
    () => [
      { id: "all", name: t("lists.viewAll"), query: everybody },
      { id: "changed", name: t("lists.viewChanged"), query: { ...everybody, changed: true } },
      { id: "invalid", name: t("lists.viewInvalid"), query: { ...everybody, status: ["invalid"] } },
    ],
    [t],
  );
  const saved = useSavedViews<People>("users", desk);
  const choices = useStored<Choices>(`columns.users.${desk}`, noChoices);
  const views = useListViews({ ...address, builtIn, saved, choices, columns, read: readPeople, conditionsOf, names });

  const gone: Gone = { ids: [], names: [] };
  const lost = (of: typeof accounts, one: string, known: string) => {
    for (const { id } of of.filter((each) => each.gone)) {
      gone.ids.push(id);
      const name = views.remembered[id];
      gone.names.push(name ? t(known, { name }) : t(one));
    }
  };
  lost(accounts, "lists.goneAccount", "lists.goneAccountNamed");
  lost(groups, "lists.goneGroup", "lists.goneGroupNamed");
  return {
    ...views,
    gone,
    /** What people call the accounts and groups of the query, by id. */
    names,
  };
}
