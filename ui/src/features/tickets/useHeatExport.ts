import { api } from "@/bridge/client";
import { useWords } from "@/words";
import { useFileExport } from "./useFileExport";

const COLUMNS = ["key", "account", "people", "unknown", "tickets"] as const;

/** Writes the table of accounts into a file: all of its rows and columns. */
export function useHeatExport(search: string, nameless: string) {
  const { t } = useWords();
  const columns = COLUMNS.map((key) => ({ key, title: t(`heat.column.${key}`), words: [] as [string, string][] }));
  return useFileExport(api.exportHeat, t("heat.fileName"), (target) => ({ ...target, search, columns, nameless }));
}
