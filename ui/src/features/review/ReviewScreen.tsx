import { Button } from "@mantine/core";
import { useState } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { useExports } from "@/bridge/exports";
import { usePlan, useWorkspace } from "@/bridge/reads";
import { exportsHref } from "@/features/exports/paths";
import { EmptyState } from "@/kit/EmptyState";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { ApplyOutcome } from "./ApplyOutcome";
import { Conflicts } from "./Conflicts";
import { ExportFoot } from "./ExportFoot";
import { ExportPlan } from "./ExportPlan";
import { PendingChanges } from "./PendingChanges";
import { PendingEffect } from "./PendingEffect";
import { useApply } from "./useApply";
import { useExport } from "./useExport";
import classes from "./Review.module.css";

/** So many people and records are shown at first, and so many more when asked. */
const FIRST = 200;
const MORE = 1000;

/** What is pending against the desk, what contradicts it, and the export. */
export function ReviewScreen({ first = FIRST }: { first?: number }) {
  const { t, tOr, number, dateTime } = useWords();
  const errorWords = useErrorWords();
  const [concerns, setConcerns] = useState(first);
  const query = usePlan(concerns);
  const workspace = useWorkspace().data;
  const work = useExport();
  const applying = useApply();
  const plan = query.data;
  if (!plan) {
    const error = query.isError ? errorWords(query.error) : null;
    return (
      <section className={classes.zone} aria-label={t("review.pending")}>
        <PageHead level={1} title={t("review.pending")} />
        {error ? (
          <EmptyState kind="error" title={error.title} action={<Button onClick={() => void query.refetch()}>{t("kit.retry")}</Button>}>
            {error.text}
          </EmptyState>
        ) : (
          <EmptyState title={t("kit.loading")} />
        )}
      </section>
    );
  }
  const count = plan.total;
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
          {workspace?.preview && !workspace.read_only && count > 0 ? <PendingEffect state={String(query.dataUpdatedAt)} /> : null}
          <PendingChanges plan={plan} waiting={query.isPlaceholderData} onMore={() => setConcerns(concerns + MORE)} />
        </div>
      </section>
      <section className={classes.zone} aria-label={t("review.plan")}>
        <PageHead title={t("review.plan")} sub={workspace ? tOr(`review.waysIn.${workspace.desk}`, workspace.desk_name) : ""}>
          <ToExports />
        </PageHead>
        <div className={classes.scroll} tabIndex={0}>
          <ExportPlan plan={plan} work={work} desk={workspace?.desk ?? ""} />
          <div aria-live="polite">
            <ApplyOutcome work={applying} count={count} />
          </div>
        </div>
        <ExportFoot plan={plan} work={work} applying={applying} desk={workspace && !workspace.read_only ? workspace.desk : ""} />
      </section>
    </div>
  );
}

/** Leads to what was exported before, where something was. */
function ToExports() {
  const { t, number } = useWords();
  const count = useExports().data?.length ?? 0;
  return count > 0 ? <a href={exportsHref()}>{t("exports.link", { count, figure: number(count) })}</a> : null;
}
