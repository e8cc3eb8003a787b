import { Button } from "@mantine/core";
import { ArrowLeft } from "lucide-react";
import { useExports } from "@/bridge/exports";
import { useErrorWords } from "@/bridge/errorWords";
import type { ExportRow } from "@/bridge/types";
import { reviewHref } from "@/features/review/paths";
import { EmptyState } from "@/kit/EmptyState";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { ExportDetail } from "./ExportDetail";
import classes from "./Exports.module.css";

interface ExportsScreenProps {
  /** The export that is open; the last one where nothing is said. */
  id: string | null;
  onPick: (id: string) => void;
}

/** What was exported, and what became of it. */
export function ExportsScreen({ id, onPick }: ExportsScreenProps) {
  const { t, number } = useWords();
  const errorWords = useErrorWords();
  const query = useExports();
  const rows = query.data ?? [];
  const chosen = rows.find((row) => row.id === id) ?? rows[0];
  const error = query.isError && rows.length === 0 ? errorWords(query.error) : null;
  return (
    <div className={classes.screen} data-alone={chosen === undefined || undefined}>
      <section className={classes.zone} aria-label={t("exports.title")}>
        <PageHead
          level={1}
          title={t("exports.title")}
          count={query.isSuccess ? number(rows.length) : ""}
          sub={
            <a href={reviewHref} className={classes.back}>
              <ArrowLeft size={12} strokeWidth={1.6} aria-hidden="true" /> {t("exports.back")}
            </a>
          }
        />
        <div className={classes.scroll} tabIndex={0}>
          {error ? (
            <EmptyState kind="error" title={error.title} action={<Button onClick={() => void query.refetch()}>{t("kit.retry")}</Button>}>
              {error.text}
            </EmptyState>
          ) : null}
          {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
          {query.isSuccess && rows.length === 0 ? <EmptyState title={t("exports.nothing")}>{t("exports.nothingText")}</EmptyState> : null}
          <ul className={classes.exports}>
            {rows.map((row) => (
              <li key={row.id}>
                <Entry row={row} chosen={row === chosen} onPick={() => onPick(row.id)} />
              </li>
            ))}
          </ul>
        </div>
      </section>
      {chosen ? <ExportDetail key={chosen.id} row={chosen} /> : null}
    </div>
  );
}

function Entry({ row, chosen, onPick }: { row: ExportRow; chosen: boolean; onPick: () => void }) {
  const { t, dateTime, number } = useWords();
  return (
    <button type="button" className={classes.entry} aria-current={chosen || undefined} onClick={onPick}>
      <span className={classes.when}>
        <time dateTime={row.at}>{dateTime(row.at)}</time>
        <span className={classes.muted}>{row.actor}</span>
      </span>
      <span className={classes.muted}>
        {t("exports.operations", { count: row.operations, figure: number(row.operations) })}
        {row.unsure > 0 ? ` · ${t("exports.unsureShort")}` : ""}
        {row.steps > 0 ? ` · ${t("exports.done", { done: number(row.done), steps: number(row.steps) })}` : ""}
      </span>
      <span className={classes.folder}>{row.folder}</span>
    </button>
  );
}
