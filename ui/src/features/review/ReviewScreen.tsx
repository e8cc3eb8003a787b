import { Button } from "@mantine/core";
import { useErrorWords } from "@/bridge/errorWords";
import { pickFolder } from "@/bridge/native";
import { usePlan } from "@/bridge/reads";
import { EmptyState } from "@/kit/EmptyState";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { Conflicts } from "./Conflicts";
import { ExportPlan } from "./ExportPlan";
import { PendingChanges } from "./PendingChanges";
import { useExport } from "./useExport";
import classes from "./Review.module.css";

/** What is pending against the desk, what contradicts it, and the export. */
export function ReviewScreen() {
  const { t, number, dateTime } = useWords();
  const errorWords = useErrorWords();
  const query = usePlan();
  const work = useExport();
  const plan = query.data;
  if (query.isError && !plan) {
    const { title, text } = errorWords(query.error);
    return (
      <EmptyState kind="error" title={title} action={<Button onClick={() => void query.refetch()}>{t("kit.retry")}</Button>}>
        {text}
      </EmptyState>
    );
  }
  if (!plan) return <EmptyState title={t("kit.loading")} />;
  const count = plan.operations.length;
  const blocked = plan.refused.length > 0 || plan.conflicts > 0;
  const toFolder = async () => {
    const folder = await pickFolder(t("review.pickFolder"));
    if (folder !== null) work.run(folder);
  };
  return (
    <div className={classes.screen}>
      <section className={classes.zone} aria-label={t("review.pending")}>
        <PageHead
          level={1}
          title={t("review.pending")}
          count={number(count)}
          sub={plan.since ? t("review.since", { at: dateTime(plan.since) }) : t("review.sinceNothing")}
        />
        <div className={classes.scroll} tabIndex={0}>
          <Conflicts />
          <PendingChanges operations={plan.operations} />
        </div>
      </section>
      <section className={classes.zone} aria-label={t("review.plan")}>
        <PageHead title={t("review.plan")} sub={t("review.planSub")} />
        <div className={classes.scroll} tabIndex={0}>
          <ExportPlan plan={plan} work={work} />
        </div>
        <footer className={classes.foot}>
          <span className={classes.muted}>{t(plan.conflicts > 0 ? "review.settleFirst" : plan.refused.length > 0 ? "review.refusedShort" : "review.touchesNothing")}</span>
          {work.running ? (
            <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
              {t("kit.cancel")}
            </Button>
          ) : (
            <Button disabled={count === 0 || blocked} onClick={() => void toFolder()}>
              {t("review.export", { count, figure: number(count) })}
            </Button>
          )}
        </footer>
      </section>
    </div>
  );
}
