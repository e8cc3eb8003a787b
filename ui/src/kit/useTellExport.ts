import { useCallback } from "react";
import { useWords } from "@/words";
import { toasts } from "./Toasts";

/** What came of writing a list into a file. */
type Outcome = { how: "written"; file: { path: string; rows: number } } | { how: "stopped" } | { how: "failed"; text: string } | null;

/** Says what came of writing a list into a file; nothing where nothing was asked for. */
export function useTellExport(): (outcome: Outcome) => void {
  const { t, number } = useWords();
  return useCallback(
    (outcome) => {
      if (outcome?.how === "written") {
        const { rows, path } = outcome.file;
        toasts.done(t("lists.exported", { count: rows, number: number(rows), path }));
      } else if (outcome?.how === "stopped") toasts.done(t("lists.exportStopped"));
      else if (outcome) toasts.failed(outcome.text);
    },
    [t, number],
  );
}
