import { api } from "@/bridge/client";
import { useFileExport } from "@/bridge/fileExport";
import type { FileFormat } from "@/bridge/listExport";
import type { DeskForm, RecordRow } from "@/bridge/types";
import type { TableColumn } from "@/kit/tableColumns";
import { useTellExport } from "@/kit/useTellExport";
import type { Listed } from "./query";
import { fileColumns } from "./recordColumns";
import type { RecordWords } from "./useRecordWords";

/** Writes a list of records into a file: asks where, and says when it is there. */
export function useRecordExport(entity: string, desk: DeskForm, words: RecordWords, columns: TableColumn<RecordRow>[], query: Listed) {
  const tell = useTellExport();
  const file = useFileExport(api.exportRecords);
  const write = async (format: FileFormat, name: string) =>
    tell(await file.write(name, format, (target) => ({ ...target, entity, query, limit: null, columns: fileColumns(columns, entity, desk, words) })));
  return { ...file, write };
}
