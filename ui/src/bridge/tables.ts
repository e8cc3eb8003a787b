import { useQuery } from "@tanstack/react-query";
import type { TableMapping } from "./bindings.gen";
import { api } from "./client";
import { keys } from "./keys";

/** What one asks of a table before anything is known of it. */
export const emptyMapping: TableMapping = { kind: "", columns: [], separator: "", sheet: null, cells: null };

/** Endings of files that are tables. */
export const tableEndings = ["csv", "tsv", "txt", "xlsx", "json", "jsonl", "ndjson"] as const;

/** Endings that only a table has, whatever the desk: lists of an interface are JSON as well. */
const onlyTables: readonly string[] = ["csv", "tsv", "txt", "xlsx"];

/** Whether a file is a table, as far as its name tells; `sheets` where the desk itself is read from tables. */
export function isTable(path: string, sheets: boolean): boolean {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return (sheets ? (tableEndings as readonly string[]) : onlyTables).includes(ending);
}

/**
 * A table before it is read, with what its columns are taken for and its first rows; not asked without a path.
 * `forget` leaves out what the columns of such tables were the last time.
 */
export function useTableLook(path: string, mapping: TableMapping | null, forget: boolean) {
  const asked = mapping ?? emptyMapping;
  return useQuery({
    queryKey: keys.table(path, asked, forget),
    queryFn: () => api.lookAtTable(path, asked, forget),
    enabled: path !== "" && mapping !== null,
    // Whoever looks again means the file as it is now.
    gcTime: 0,
    retry: false,
    placeholderData: (before, query) => (query?.queryKey[2] === path ? before : undefined),
  });
}
