import { Button } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { useErrorWords } from "@/bridge/errorWords";
import { useVerify, type VerifyRun } from "@/bridge/exports";
import type { DatabaseLogin, VerifyReport } from "@/bridge/types";
import { importHref } from "@/features/desks/paths";
import { exportsHref } from "@/features/exports/paths";
import { useWords } from "@/words";
import classes from "./Review.module.css";

interface VerifyAfterwardsProps {
  /** The export that was applied; null where all of it was there already. */
  id: string | null;
  /** Over which connection it went. */
  over: { to: string; login: DatabaseLogin } | null;
}

/** Reads what was applied back over the same connection, so that it is pending no more. */
export function VerifyAfterwards({ id, over }: VerifyAfterwardsProps) {
  const { t } = useWords();
  const work = useVerify(id);
  return (
    <div className={classes.next}>
      {work.report && !work.running ? <Told report={work.report} /> : <p>{t("database.apply.afterwards")}</p>}
      <Failed work={work} />
      <p className={classes.then}>
        {work.running ? (
          <>
            <span className={classes.muted} aria-live="polite">
              <Far work={work} />
            </span>
            <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
              {t("kit.cancel")}
            </Button>
          </>
        ) : (
          <>
            {over && !work.report ? <Button onClick={() => work.run(over.to, over.login)}>{t("database.apply.verify")}</Button> : null}
            <a href={exportsHref(id ?? undefined)}>{t("exports.title")}</a> <a href={importHref}>{t("desks.import")}</a>
          </>
        )}
      </p>
    </div>
  );
}

function Far({ work: { cancelling, progress } }: { work: VerifyRun }) {
  const { t, tOr, number } = useWords();
  if (cancelling) return t("desks.cancelling");
  return progress ? `${tOr(`desks.phase.${progress.phase}`, progress.phase)}: ${tOr(`desks.kind.${progress.kind}`, progress.kind)} ${number(progress.done)}` : t("desks.starting");
}

function Failed({ work }: { work: VerifyRun }) {
  const errorWords = useErrorWords();
  if (work.running || !work.error) return null;
  const { title, text } = errorWords(work.error);
  return (
    <p role="alert">
      <strong>{title}</strong> {text}
    </p>
  );
}

function Told({ report }: { report: VerifyReport }) {
  const { t, number } = useWords();
  const isAll = report.not_applied + report.drifted + report.unknown === 0;
  return (
    <p role="status">
      {isAll ? <CircleCheck size={14} strokeWidth={1.8} aria-hidden="true" className={classes.done} /> : null}{" "}
      {isAll ? t("exports.allApplied", { count: report.applied, figure: number(report.applied) }) : t("exports.someApplied", { applied: number(report.applied), all: number(report.operations.length) })}{" "}
      {report.moved > 0 ? t("exports.movedText") : null}
    </p>
  );
}
