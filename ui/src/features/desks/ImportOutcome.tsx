import { Button } from "@mantine/core";
import { CircleCheck, Inbox } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { effectOf } from "@/bridge/expectations";
import { placeOf, useProblemWords } from "@/bridge/problemWords";
import type { ImportReport, Problem, Progress, TableRows } from "@/bridge/types";
import { Consequence } from "@/kit/Consequence";
import { EmptyState } from "@/kit/EmptyState";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { Misfits } from "./Misfits";
import type { ImportRun } from "./useImport";
import classes from "./ImportOutcome.module.css";

interface ImportOutcomeProps {
  work: ImportRun;
  /** Shown before anything was read. */
  before?: ReactNode;
  /** Whether it is of one table. */
  ofTable?: boolean;
  onUsers: () => void;
  onSettings: () => void;
  onReview: () => void;
}

/** What comes of an import: progress while it runs, then the report, or the problems. */
export function ImportOutcome({ work, before, ofTable = false, onUsers, onSettings, onReview }: ImportOutcomeProps) {
  const { t } = useWords();
  const section = useRef<HTMLElement>(null);
  // Where all stands below one another, it may be out of sight.
  useEffect(() => {
    if (work.running) section.current?.scrollIntoView?.({ block: "nearest" });
  }, [work.running]);
  return (
    <section ref={section} className={classes.outcome} aria-label={t("desks.outcome")} aria-live="polite" tabIndex={0}>
      {work.running ? (
        <Running progress={work.progress} />
      ) : work.error ? (
        <Refused error={work.error} ofTable={ofTable} />
      ) : work.report ? (
        <Report report={work.report} onUsers={onUsers} onSettings={onSettings} onReview={onReview} />
      ) : (
        before ?? <EmptyState icon={Inbox} title={t("desks.nothingYet")}>
          {t("desks.nothingYetText")}
        </EmptyState>
      )}
    </section>
  );
}

function Running({ progress }: { progress: readonly Progress[] }) {
  const { t, tOr, number } = useWords();
  const now = progress[progress.length - 1];
  return (
    <div>
      <h2 className={classes.title}>
        {now ? tOr(`desks.phase.${now.phase}`, now.phase) : t("desks.starting")}
      </h2>
      <table className={classes.table}>
        <tbody>
          {progress.map((one) => (
            <tr key={`${one.phase} ${one.kind}`}>
              <th scope="row">{tOr(`desks.kind.${one.kind}`, one.kind)}</th>
              <td className={classes.muted}>{tOr(`desks.phase.${one.phase}`, one.phase)}</td>
              <td className={classes.figure}>{number(one.done)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.muted}>{t("desks.canCancel")}</p>
    </div>
  );
}

/** The last line of many problems counts those that are not named. */
const MORE = /^and (\d+) more$/;

function Refused({ error, ofTable }: { error: unknown; ofTable: boolean }) {
  const { t, number } = useWords();
  const { title, text, detail } = useErrorWords()(error);
  const more = Number(MORE.exec(detail.at(-1) ?? "")?.[1] ?? 0);
  const { code, problems } = asApiError(error);
  const lines = more > 0 ? detail.slice(0, -1) : detail;
  if (code === "cancelled") return <EmptyState title={title}>{text}</EmptyState>;
  return (
    <div role="alert">
      <h2 className={classes.title}>
        <VerdictIcon verdict="blocked" /> {title}
      </h2>
      <p className={classes.lead}>{ofTable && code === "bad_source" ? t("table.refused") : text}</p>
      {detail.length > 0 ? (
        <>
          <h3 className={classes.heading}>
            {t("desks.problems")} <span className={classes.muted}>{number(lines.length + more)}</span>
          </h3>
          {problems.length > 0 ? (
            <ProblemList problems={problems} />
          ) : (
            <ul className={classes.list}>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          {more > 0 ? <p className={classes.muted}>{t("desks.more", { count: more })}</p> : null}
        </>
      ) : null}
    </div>
  );
}

interface ReportProps {
  report: ImportReport;
  onUsers: () => void;
  onSettings: () => void;
  onReview: () => void;
}

function Report({ report, onUsers, onSettings, onReview }: ReportProps) {
  const words = useWords();
  const { t, tOr, number, dateTime } = words;
  return (
    <div>
      <h2 className={classes.title}>
        <CircleCheck size={16} strokeWidth={1.8} aria-hidden="true" className={classes.done} /> {t(report.dry_run ? "desks.rehearsed" : "desks.imported")}
      </h2>
      <p className={classes.lead}>
        {t(report.dry_run ? "desks.rehearsedText" : report.tables.length > 0 ? "table.importedText" : "desks.importedText")} {report.as_of ? t("desks.asOf", { at: dateTime(report.as_of) }) : null}
      </p>
      {report.tables.map((table) => (
        <Rows key={table.kind} table={table} />
      ))}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("desks.what")}</th>
            {(["added", "changed", "removed"] as const).map((column) => (
              <th key={column} scope="col" className={classes.figure}>
                {t(`desks.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.counts.map((count) => (
            <tr key={count.kind}>
              <th scope="row">{tOr(`desks.kind.${count.kind}`, count.kind)}</th>
              {[count.added, count.changed, count.removed].map((figure, column) => (
                <td key={["added", "changed", "removed"][column]} className={classes.figure} data-zero={figure === 0 || undefined}>
                  {number(figure)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {report.exposure ? (
        <div className={classes.effect}>
          <Consequence title={t("desks.effect")} effect={effectOf(words, report.exposure)} working={null} />
          <p className={classes.muted}>{t("desks.effectText")}</p>
        </div>
      ) : null}
      {report.unknown.length > 0 ? (
        <div className={classes.unknown}>
          <p>
            <VerdictIcon verdict="unknown" /> {t("desks.unknown", { count: report.unknown.length })}
          </p>
          <ul className={classes.names}>
            {report.unknown.map((name) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
          {report.dry_run ? null : (
            <Button variant="default" onClick={onSettings}>
              {t("desks.toSettings")}
            </Button>
          )}
        </div>
      ) : null}
      {report.conflicts > 0 ? (
        <p className={classes.conflicts}>
          {t("desks.conflicts", { count: report.conflicts })}
          {report.dry_run ? null : (
            <Button variant="default" onClick={onReview}>
              {t("desks.toReview")}
            </Button>
          )}
        </p>
      ) : null}
      <Findings findings={report.findings} more={report.more_findings} />
      <Misfits misfits={report.misfits} />
      {report.dry_run ? null : (
        <Button onClick={onUsers} className={classes.next}>
          {t("desks.toUsers")}
        </Button>
      )}
    </div>
  );
}

/** What became of the rows of a table. */
function Rows({ table }: { table: TableRows }) {
  const { t, tOr, number } = useWords();
  const { kind, all, known, changed } = table;
  const counts = { all, fresh: all - known, changed, same: Math.max(0, known - changed) };
  return (
    <dl className={classes.rows} aria-label={t("table.rowsOf", { kind: tOr(`desks.kind.${kind}`, kind) })}>
      {(["all", "fresh", "changed", "same"] as const).map((name) => (
        <div key={name}>
          <dt>{t(`table.rows.${name}`)}</dt>
          <dd>{number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Findings({ findings, more }: { findings: Problem[]; more: number }) {
  const { t, number } = useWords();
  if (findings.length === 0) return <p className={classes.muted}>{t("desks.noFindings")}</p>;
  return (
    <>
      <h3 className={classes.heading}>
        {t("desks.findings")} <span className={classes.muted}>{number(findings.length + more)}</span>
      </h3>
      <ProblemList problems={findings} />
      {more > 0 ? <p className={classes.muted}>{t("desks.more", { count: more })}</p> : null}
    </>
  );
}

/** What was said of the source, each with where it stands there. */
function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const words = useWords();
  const said = useProblemWords();
  return (
    <ul className={classes.list}>
      {problems.map((problem) => (
        <li key={`${problem.file} ${problem.line} ${problem.column} ${problem.message}`}>
          <span>{said(problem)}</span>
          <span className={classes.place}>{placeOf(words, problem)}</span>
        </li>
      ))}
    </ul>
  );
}
