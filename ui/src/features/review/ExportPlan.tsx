import { CircleCheck, TriangleAlert } from "lucide-react";
import { useErrorWords } from "@/bridge/errorWords";
import type { ExportReport, NotExported, PlanView } from "@/bridge/types";
import { exportsHref } from "@/features/exports/paths";
import { useWords } from "@/words";
import type { ExportRun } from "./useExport";
import classes from "./Review.module.css";

/** Where people do what no file does for them. */
const WORKLIST = "worklist.html";

/** What an export does in the desk, what it cannot do, and how the last one went. */
export function ExportPlan({ plan, work, desk }: { plan: PlanView; work: ExportRun; desk: string }) {
  const { t, tOr, number } = useWords();
  return (
    <>
      <ul className={classes.plan}>
        {plan.kinds.map((line) => (
          <li key={line.kind}>
            <span>{tOr(`review.kind.${line.kind}`, line.kind)}</span>
            <strong>{number(line.count)}</strong>
            <code>{line.targets.join(", ")}</code>
          </li>
        ))}
        {plan.total === 0 ? <li className={classes.muted}>{t("review.nothingToExport")}</li> : null}
      </ul>
      {plan.refused.length > 0 ? (
        <section className={classes.refused} aria-label={t("review.refused")}>
          <p>
            <strong>{t("review.refused")}</strong>
          </p>
          <ul>
            {plan.refused.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {plan.not_exported.length > 0 ? <CannotTake rows={plan.not_exported} total={plan.not_exported_total} /> : null}
      <div aria-live="polite">
        {work.running ? (
          <p className={classes.notice}>
            {t(work.cancelling ? "review.cancelling" : "review.running")} <span className={classes.muted}>{work.progress ? number(work.progress.done) : ""}</span>
          </p>
        ) : null}
        {!work.running && work.error ? <Failed error={work.error} /> : null}
        {!work.running && work.report ? <Written report={work.report} desk={desk} /> : null}
      </div>
    </>
  );
}

function CannotTake({ rows, total }: { rows: NotExported[]; total: number }) {
  const { t, tOr, number } = useWords();
  return (
    <section className={classes.section} aria-labelledby="review-cannot">
      <div className={classes.sectionHead}>
        <h2 id="review-cannot">
          {t("review.cannotTake")} <span className={classes.muted}>{number(total)}</span>
        </h2>
      </div>
      <ul className={classes.lines}>
        {rows.map((row) => (
          <li key={`${row.entity} ${row.key} ${row.field}`} className={classes.cannot}>
            <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" className={classes.doubt} />
            <div>
              <p>
                <strong>{row.key}</strong> {row.field ? <span className={classes.muted}>{tOr(`userform.field.${row.field}`, tOr(`records.field.${row.field}`, row.field))}</span> : null}{" "}
                {row.old !== null && row.field !== "password" ? <del>{row.old}</del> : null} {row.new !== null ? <ins>{row.field === "password" ? tOr(`userform.way.${row.new}`, row.new) : row.new}</ins> : null}
              </p>
              <p className={classes.muted}>{tOr(row.code, row.reason)}</p>
            </div>
          </li>
        ))}
      </ul>
      {total > rows.length ? <p className={classes.muted}>{t("review.moreLines", { number: number(total - rows.length) })}</p> : null}
    </section>
  );
}

function Failed({ error }: { error: unknown }) {
  const { title, text, detail } = useErrorWords()(error);
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

/** The files with their digests, so that what runs on the desk can be compared with what was reviewed. */
function Written({ report, desk }: { report: ExportReport; desk: string }) {
  const { t, tOr, number } = useWords();
  return (
    <section className={classes.section} aria-labelledby="review-written">
      <div className={classes.sectionHead}>
        <h2 id="review-written">
          <CircleCheck size={15} strokeWidth={1.8} aria-hidden="true" className={classes.done} /> {t("review.written", { count: report.operations })}
        </h2>
      </div>
      <p className={classes.folder}>
        <code>{report.folder}</code>
      </p>
      {report.initial_passwords === null ? null : (
        <p className={classes.folder}>
          {t("review.initialWritten")} <code>{report.initial_passwords}</code>
        </p>
      )}
      {report.passwords > 0 ? <p className={classes.next}>{t(report.files.some((file) => file.name === WORKLIST) ? "review.passwordsByHand" : "review.passwords", { count: report.passwords })}</p> : null}
      <ul className={classes.files}>
        {report.files.map((file) => (
          <li key={file.name}>
            <span className={classes.file}>
              <strong>{file.name}</strong> <span className={classes.muted}>{t("review.bytes", { figure: number(file.bytes) })}</span>
            </span>
            <code title={t("review.digest")}>{file.sha256}</code>
          </li>
        ))}
      </ul>
      <p className={classes.next}>
        {tOr(`review.afterwards.${desk}`, "")} <a href={exportsHref(report.id)}>{t("exports.title")}</a>
      </p>
    </section>
  );
}
