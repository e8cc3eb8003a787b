import { NativeSelect } from "@mantine/core";
import { intentText } from "@/bridge/intentText";
import { useChanges } from "@/bridge/reads";
import type { ChangeRow } from "@/bridge/types";
import { useWords } from "@/words";

interface TimeSelectProps {
  /** The change after which the state is looked at; null for today. */
  value: number | null;
  onChange: (value: number | null) => void;
}

/** Asks for older changes; no change has it for a number. */
const OLDER = "older";

/** The changes that can be looked at, newest first, and whether they end at an import. */
function reachable(rows: ChangeRow[]): { past: ChangeRow[]; ends: boolean } {
  // An import keeps what the desk has, not what it had: nothing before it can be looked at.
  const imported = rows.findIndex((row) => row.intent === "intent.import");
  return { past: rows.slice(1, imported === -1 ? undefined : imported + 1), ends: imported !== -1 };
}

/** From when the rights are: today, or right after one of the changes since the last import. Tickets are today's. */
export function TimeSelect({ value, onChange }: TimeSelectProps) {
  const words = useWords();
  const { t } = words;
  const query = useChanges();
  const { past, ends } = reachable(query.data?.pages.flat() ?? []);
  const older = !ends && query.hasNextPage;
  if (past.length === 0 && value === null && !ends) return null;
  const told = past.map((row) => ({ value: String(row.id), label: t("preview.after", { at: words.dateTime(row.at), what: intentText(words, row) }) }));
  // The history leads to changes that are further back than what was read here.
  const unread = value !== null && !past.some((row) => row.id === value) ? [{ value: String(value), label: t("preview.afterNumber", { number: words.number(value) }) }] : [];
  const choose = (chosen: string) => {
    if (chosen === OLDER) void query.fetchNextPage();
    else onChange(chosen === "" ? null : Number(chosen));
  };
  return (
    <NativeSelect
      size="xs"
      aria-label={t("preview.time")}
      aria-busy={query.isFetchingNextPage}
      value={value === null ? "" : String(value)}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        { value: "", label: t("preview.today") },
        ...told,
        ...unread,
        ...(older ? [{ value: OLDER, label: t("preview.older"), disabled: query.isFetchingNextPage }] : []),
        ...(ends ? [{ value: "end", label: t("preview.noOlder"), disabled: true }] : []),
      ]}
    />
  );
}
