import { useMemo } from "react";
import { useStored } from "@/bridge/stored";
import type { DeskForm, RecordRow } from "@/bridge/types";
import { useSavedViews } from "@/bridge/views";
import type { TableColumn } from "@/kit/tableColumns";
import { type Choices, noChoices, useListViews } from "@/kit/useListViews";
import { type Listed, conditionsOf, everything, readListed } from "./query";
import type { RecordWords } from "./useRecordWords";

/** What the address says of the list, and how to change it. */
export interface Address {
  query: Listed;
  /** Id of the view; an unknown one is the first. */
  view: string;
  onQuery: (query: Listed, view?: string) => void;
}

const noNames = {};

/** The views of a list of records, and the columns it shows. */
export function useRecordViews(entity: string, desk: DeskForm, { t }: RecordWords, address: Address, columns: TableColumn<RecordRow>[]) {
  const list = `records.${entity}`;
  const saved = useSavedViews<Listed>(list, desk.desk);
  const choices = useStored<Choices>(`columns.${list}.${desk.desk}`, noChoices);
  const hasStatus = desk.entities.some((form) => form.entity === entity && form.fields.some((field) => field.known && field.kind === "status"));
  const builtIn = useMemo(
    () => [
      { id: "all", name: t("records.viewAll"), query: everything },
      { id: "changed", name: t("lists.viewChanged"), query: { ...everything, changed: true } },
      ...(hasStatus ? [{ id: "invalid", name: t("lists.viewInvalid"), query: { ...everything, filters: [["status", "invalid"]] as [string, string][] } }] : []),
    ],
    [t, hasStatus],
  );
  return useListViews({ ...address, builtIn, saved, choices, columns, read: readListed, conditionsOf, names: noNames });
}
