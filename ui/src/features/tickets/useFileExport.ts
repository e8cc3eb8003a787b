import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { type FileFormat, fileName, separatorOf, useListExport } from "@/bridge/listExport";
import { pickTarget } from "@/bridge/native";
import type { ListFile } from "@/bridge/types";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";

/** Where a list goes, and how. */
export interface Target {
  format: FileFormat;
  separator: string;
  path: string;
}

/** Writes a list into a file by a command: asks where, and says when it is there. */
export function useFileExport<Input>(command: (input: Input, job: string) => Promise<ListFile>, proposal: string, input: (target: Target) => Input) {
  const { t, number, language } = useWords();
  const errorWords = useErrorWords();
  const work = useListExport(command);
  const write = async (format: FileFormat) => {
    const path = await pickTarget(t("lists.exportTitle"), fileName(proposal, format), [{ name: t(`lists.${format}`), extensions: [format] }]);
    if (path === null) return;
    try {
      const file = await work.run(input({ format, separator: separatorOf(language), path }));
      toasts.done(t("lists.exported", { count: file.rows, number: number(file.rows), path: file.path }));
    } catch (thrown) {
      if (asApiError(thrown).code === "cancelled") return toasts.done(t("lists.exportStopped"));
      const { title, text } = errorWords(thrown);
      toasts.failed(`${title}. ${text}`);
    }
  };
  return { ...work, write };
}
