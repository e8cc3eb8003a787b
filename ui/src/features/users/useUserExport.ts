import { api } from "@/bridge/client";
import { useDeskWords } from "@/bridge/deskWords";
import { useFileExport } from "@/bridge/fileExport";
import type { FileFormat } from "@/bridge/listExport";
import { useDeskForm } from "@/bridge/reads";
import type { Selection, UserRow } from "@/bridge/types";
import type { TableColumn } from "@/kit/tableColumns";
import { useTellExport } from "@/kit/useTellExport";
import type { People } from "./people";
import { fileColumns } from "./userColumns";

/** Writes people into a file: asks where, and says when it is there. */
export function useUserExport(columns: TableColumn<UserRow>[], { sort, descending }: Pick<People, "sort" | "descending">) {
  const words = useDeskWords();
  const form = useDeskForm().data;
  const tell = useTellExport();
  const file = useFileExport(api.exportUsers);
  const write = async (people: Selection, format: FileFormat, name: string) =>
    tell(await file.write(name, format, (target) => ({ ...target, people, sort, descending, columns: fileColumns(columns, form, words) })));
  return { ...file, write };
}
