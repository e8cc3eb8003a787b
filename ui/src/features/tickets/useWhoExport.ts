import { api } from "@/bridge/client";
import { useWords } from "@/words";
import { useFileExport } from "./useFileExport";

const COLUMNS = ["login", "name", "account", "may_log_in", "listed", "openable", "reply", "reason"] as const;
const ANSWERS = ["yes", "no", "unknown"] as const;

/** Writes all who can see a ticket into a file. */
export function useWhoExport({ ticket, activity, part }: { ticket: string; activity: number | null; part: string }) {
  const { t } = useWords();
  const words = ANSWERS.map((answer): [string, string] => [answer, t(`tickets.answer.${answer}`)]);
  const columns = COLUMNS.map((key) => ({ key, title: t(`tickets.column.${key}`), words }));
  return useFileExport(api.exportWho, t("tickets.fileName", { number: ticket }), (target) => ({ ...target, ticket, activity, part, columns }));
}
