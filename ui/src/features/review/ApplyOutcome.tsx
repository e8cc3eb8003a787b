import { Button } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { useErrorWords } from "@/bridge/errorWords";
import type { ApplyRefusal, ApplyReport } from "@/bridge/types";
import { importHref } from "@/features/desks/paths";
import { useWords } from "@/words";
import type { ApplyRun } from "./useApply";
import { VerifyAfterwards } from "./VerifyAfterwards";
import classes from "./Review.module.css";

/** How far it is, what stands against it, or what was done and what is left to do. */
export function ApplyOutcome({ work, count }: { work: ApplyRun; count: number }) {
  const { t, number } = useWords();
  const errorWords = useErrorWords();
  if (work.running) {
    return (
      <div className={classes.notice}>
        {t(work.cancelling ? "review.cancelling" : "database.apply.running")} <span className={classes.muted}>{work.progress ? t("database.apply.far", { done: number(work.progress.done), all: number(count) }) : ""}</span>{" "}
        <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
          {t("kit.cancel")}
        </Button>
      </div>
    );
  }
  if (work.error) {
    const { title, text, detail } = errorWords(work.error);
    return (
      <div role="alert" className={classes.refused}>
        <p>
          <strong>{title}</strong> {text}
        </p>
        <ul>
          {detail.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    );
  }
  if (!work.report) return null;
  return work.report.refused ? <Refused refused={work.report.refused} /> : <Applied report={work.report} over={work.over} />;
}

function Refused({ refused }: { refused: ApplyRefusal }) {
  const { t, tOr } = useWords();
  const text = (value: string | null) => (value === null || value === "" ? t("review.empty") : `“${value}”`);
  const field = refused.field ? tOr(`userform.field.${refused.field}`, tOr(`records.field.${refused.field}`, refused.field)) : "";
  const values = { field, found: text(refused.found), expected: text(refused.expected), wanted: text(refused.wanted), rows: refused.found ?? "", said: refused.said };
  return (
    <section role="alert" className={classes.refused} aria-label={t("database.apply.refused")}>
      <p>
        <strong>{t("database.apply.refused")}</strong> {t("database.apply.nothing")}
      </p>
      <ul>
        <li>
          {tOr(`review.kind.${refused.kind}`, refused.kind)}: {tOr(`review.entity.${refused.entity}`, refused.entity)} <strong>{refused.subject || refused.key}</strong> <code>{refused.key}</code>
        </li>
        <li>{t(`database.apply.reason.${refused.reason}`, values)}</li>
      </ul>
      <p>
        {t("database.apply.advice")} <a href={importHref}>{t("desks.import")}</a>
      </p>
    </section>
  );
}

function Applied({ report, over }: { report: ApplyReport; over: ApplyRun["over"] }) {
  const { t, tOr, number } = useWords();
  const done = report.dry_run ? "rehearsed" : report.applied === 0 ? "nothingToDo" : "done";
  const figures = { count: report.applied, figure: number(report.applied), database: report.database, server: report.server };
  return (
    <section className={classes.section} aria-labelledby="review-applied" role="status">
      <div className={classes.sectionHead}>
        <h2 id="review-applied">
          <CircleCheck size={15} strokeWidth={1.8} aria-hidden="true" className={classes.done} /> {t(`database.apply.${done}`, figures)}
        </h2>
      </div>
      {report.there > 0 ? <p className={classes.next}>{t("database.apply.there", { count: report.there, figure: number(report.there) })}</p> : null}
      {report.dry_run ? <p className={classes.next}>{t("database.apply.takenBack")}</p> : null}
      {report.initial_passwords === null ? null : (
        <p className={classes.folder}>
          {t("review.initialWritten")} <code>{report.initial_passwords}</code>
        </p>
      )}
      {(report.applied > 0 ? report.left : []).map((left) => (
        <div key={left.code} className={classes.next}>
          <p>{tOr(`database.${left.code}`, left.words)}</p>
          <code>{left.command}</code>
        </div>
      ))}
      {report.dry_run ? null : <VerifyAfterwards key={report.export} id={report.export} over={over} />}
    </section>
  );
}
