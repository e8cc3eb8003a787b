import { Button } from "@mantine/core";
import type { VerifyReport } from "@/bridge/types";
import { importOf } from "@/features/desks/paths";
import { reviewHref } from "@/features/review/paths";
import { useWords } from "@/words";
import type { Choices } from "./useChoices";
import classes from "./Exports.module.css";

interface WaysOnProps {
  report: VerifyReport;
  /** What the export was laid beside. */
  path: string;
  /** Steps that the desk has and nobody has ticked; none where nobody may. */
  toTick: number[];
  onTick: () => void;
  choices: Choices;
  /** The operations in the list that wait for a choice. */
  open: number[];
}

/** What can be done after a verification, and what follows from it. */
export function WaysOn({ report, path, toTick, onTick, choices, open }: WaysOnProps) {
  const { t, number } = useWords();
  const figure = (count: number) => ({ count, figure: number(count) });
  return (
    <section className={classes.ways} aria-label={t("exports.waysOn")}>
      <p role="status">
        <strong>{report.not_applied + report.drifted + report.unknown === 0 ? t("exports.allApplied", figure(report.applied)) : t("exports.someApplied", { applied: number(report.applied), all: number(report.operations.length) })}</strong>{" "}
        {report.moved > 0 ? t("exports.movedText") : null}
      </p>
      {report.drifted > 0 ? <p>{t("exports.driftedText", figure(report.drifted))}</p> : null}
      {report.not_applied > 0 ? (
        <p>
          {t("exports.notAppliedText", figure(report.not_applied))} <a href={reviewHref}>{t("exports.again")}</a>
        </p>
      ) : null}
      {report.operations.some((one) => one.open) ? <Settling choices={choices} open={open} /> : null}
      {report.not_applied + report.drifted > 0 ? (
        <p>
          {t("exports.takeText")} <a href={importOf(path)}>{t("exports.take")}</a>
        </p>
      ) : null}
      {toTick.length > 0 ? (
        <Button variant="default" mt={6} onClick={onTick}>
          {t("exports.tickApplied", figure(toTick.length))}
        </Button>
      ) : null}
    </section>
  );
}

/** Chooses for all in the list, and settles what is chosen. */
function Settling({ choices, open }: { choices: Choices; open: number[] }) {
  const { t, number } = useWords();
  const figure = (count: number) => ({ count, figure: number(count) });
  return (
    <div className={classes.settling}>
      {open.length > 0 ? (
        <div role="group" aria-label={t("exports.forAll", figure(open.length))} className={classes.buttons}>
          <span>{t("exports.forAll", figure(open.length))}</span>
          {(["theirs", "again"] as const).map((keep) => (
            <Button key={keep} variant="default" disabled={choices.sending} onClick={() => choices.choose(open, keep)}>
              {t(`exports.choice.${keep}`)}
            </Button>
          ))}
        </div>
      ) : null}
      {choices.count > 0 ? (
        <div className={classes.buttons}>
          <Button loading={choices.sending} onClick={choices.send}>
            {t("exports.settle", figure(choices.count))}
          </Button>
          <span className={classes.muted}>{t("exports.settleText")}</span>
        </div>
      ) : null}
    </div>
  );
}
