import { useDeskWords } from "@/bridge/deskWords";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { api } from "@/bridge/client";
import { type FileFormat, fileName, separatorOf, useListExport } from "@/bridge/listExport";
import { pickTarget } from "@/bridge/native";
import { useDeskForm } from "@/bridge/reads";
import type { Selection, UserRow } from "@/bridge/types";
import type { TableColumn } from "@/kit/tableColumns";
import { toasts } from "@/kit/Toasts";
import type { People } from "./people";
import { fileColumns } from "./userColumns";

/** Writes people into a file: asks where, and says when it is there. */
export function useUserExport(columns: TableColumn<UserRow>[], order: Pick<People, "sort" | "descending">) {
  const words = useDeskWords();
  const { t, number } = words;
  const errorWords = useErrorWords();
  const form = useDeskForm().data;
  const work = useListExport(api.exportUsers);

  const write = async (people: Selection, format: FileFormat, name: string) => {
    const path = await pickTarget(t("lists.exportTitle"), fileName(name, format), [{ name: t(`lists.${format}`), extensions: [format] }]);
    if (path === null) return;
    try {
      const file = await work.run({
        people,
        sort: order.sort,
        descending: order.descending,
        columns: fileColumns(columns, form, words),
        format,
        separator: separatorOf(words.language),
        path,
      });
      toasts.done(t("lists.exported", { count: file.rows, number: number(file.rows), path: file.path }));
    } catch (thrown) {
      if (asApiError(thrown).code === "cancelled") return toasts.done(t("lists.exportStopped"));
      const { title, text } = errorWords(thrown);
      toasts.failed(`${title}. ${text}`);
    }
  };
  return { ...work, write };
}
