import { NativeSelect } from "@mantine/core";
import { intentText } from "@/bridge/intentText";
import { useChanges } from "@/bridge/reads";
import { useWords } from "@/words";

interface TimeSelectProps {
  /** The change after which the state is looked at; null for today. */
  value: number | null;
  onChange: (value: number | null) => void;
}

/** From when the rights are: today, or right after one of the changes since the last import. Tickets are today's. */
export function TimeSelect({ value, onChange }: TimeSelectProps) {
  const words = useWords();
  const { t } = words;
  const rows = useChanges().data?.pages[0] ?? [];
  // An import keeps what the desk has, not what it had: nothing before it can be looked at.
  const imported = rows.findIndex((row) => row.intent === "intent.import");
  const past = rows.slice(1, imported === -1 ? undefined : imported + 1);
  if (past.length === 0 && value === null) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={t("preview.time")}
      value={value === null ? "" : String(value)}
      onChange={(event) => onChange(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}
      data={[{ value: "", label: t("preview.today") }, ...past.map((row) => ({ value: String(row.id), label: t("preview.after", { at: words.dateTime(row.at), what: intentText(words, row) }) }))]}
    />
  );
}
