import { asApiError } from "./error";
import { useErrorWords } from "./errorWords";
import { type FileFormat, fileName, separatorOf, useListExport } from "./listExport";
import { pickTarget } from "./native";
import type { ListFile } from "./types";
import { useWords } from "@/words";

/** Where a list goes, and how. */
export interface Target {
  format: FileFormat;
  separator: string;
  path: string;
}

/** What came of writing a list into a file; null where nobody said where it should go. */
export type FileOutcome = { how: "written"; file: ListFile } | { how: "stopped" } | { how: "failed"; text: string } | null;

/** Writes lists into files by a command: asks where, and says what came of it. */
export function useFileExport<Input>(command: (input: Input, job: string) => Promise<ListFile>) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const work = useListExport(command);
  const write = async (proposal: string, format: FileFormat, input: (target: Target) => Input): Promise<FileOutcome> => {
    const path = await pickTarget(t("lists.exportTitle"), fileName(proposal, format), [{ name: t(`lists.${format}`), extensions: [format] }]);
    if (path === null) return null;
    try {
      return { how: "written", file: await work.run(input({ format, separator: separatorOf(language), path })) };
    } catch (thrown) {
      if (asApiError(thrown).code === "cancelled") return { how: "stopped" };
      const { title, text } = errorWords(thrown);
      return { how: "failed", text: `${title}. ${text}` };
    }
  };
  return { ...work, write };
}
