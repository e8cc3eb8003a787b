import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { useConflicts } from "@/bridge/reads";
import type { ConflictRow } from "@/bridge/types";
import { useSettle } from "@/bridge/writes";
import { userHref } from "@/features/users/paths";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import classes from "./Review.module.css";

type Keep = "mine" | "theirs";

/** Fields that were changed here and in the desk: which value counts is said one by one. */
export function Conflicts() {
  const { t, number } = useWords();
  const errorWords = useErrorWords();
  const rows = useConflicts().data ?? [];
  const settle = useSettle();
  const [choices, setChoices] = useState<Record<number, Keep>>({});
  const chosen = rows.filter((row) => choices[row.id] !== undefined);
  if (rows.length === 0) return null;
  const send = () =>
    settle.mutate(
      chosen.map((row) => ({ id: row.id, keep: choices[row.id] ?? "mine" })),
      {
        onSuccess: () => setChoices({}),
        onError: (thrown) => toasts.failed(errorWords(thrown).title),
      },
    );
  return (
    <section className={classes.section} aria-labelledby="review-conflicts">
      <div className={classes.sectionHead}>
        <h2 id="review-conflicts">
          {t("review.conflicts")} <span className={classes.muted}>{number(rows.length)}</span>
        </h2>
        <Button variant="default" disabled={chosen.length === 0 || settle.isPending} onClick={send}>
          {t("review.settle", { count: chosen.length })}
        </Button>
      </div>
      <ul className={classes.lines}>
        {rows.map((row) => (
          <Conflict key={row.id} row={row} keep={choices[row.id] ?? null} onKeep={(keep) => setChoices((before) => ({ ...before, [row.id]: keep }))} />
        ))}
      </ul>
    </section>
  );
}

function Conflict({ row, keep, onKeep }: { row: ConflictRow; keep: Keep | null; onKeep: (keep: Keep) => void }) {
  const { t, tOr } = useWords();
  const { line } = row;
  const shown = (value: string | null) => (value === null || value === "" ? t("review.empty") : value);
  const field = tOr(`userform.field.${line.field}`, tOr(`review.field.${line.field}`, tOr(`records.field.${line.field}`, line.field)));
  return (
    <li className={classes.conflict}>
      <p>
        {line.user ? <a href={userHref(line.user)}>{line.subject}</a> : <strong>{line.subject}</strong>} <span className={classes.muted}>{field}</span>
      </p>
      <p className={classes.muted}>{t("review.was", { value: shown(line.from) })}</p>
      <SegmentedControl
        fullWidth
        aria-label={t("review.keepFor", { field, subject: line.subject })}
        value={keep ?? ""}
        onChange={(value) => onKeep(value as Keep)}
        data={[
          { value: "mine", label: t("review.mine", { value: shown(line.to) }) },
          { value: "theirs", label: t("review.theirs", { value: shown(row.theirs) }) },
        ]}
      />
    </li>
  );
}
