import { asApiError } from "@/bridge/error";
import { useOverview } from "@/bridge/overview";
import { useWorkspace } from "@/bridge/reads";
import type { Overview, WorkspaceInfo } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { EmptyOverview } from "./EmptyOverview";
import { FindingsCard } from "./FindingsCard";
import { LicencesCard, PeopleCard } from "./PeopleCards";
import { ExpectationsCard, HeatCard } from "./SightCards";
import { DeskCard, PendingCard } from "./WorkCards";
import classes from "./Overview.module.css";

/** How the workspace stands, in figures; each leads to what it counts. */
export function OverviewScreen() {
  const { t } = useWords();
  const info = useWorkspace().data;
  const query = useOverview();
  return (
    <div className={classes.screen} aria-busy={query.isFetching}>
      <PageHead level={1} title={t("overview.title")} sub={info?.name} />
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("overview.title")}>
        {query.isError && !query.data ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
        {query.data && info ? <Cards overview={query.data} info={info} /> : null}
      </div>
    </div>
  );
}

function Cards({ overview, info }: { overview: Overview; info: WorkspaceInfo }) {
  if (overview.people === 0 && overview.last_import === null && overview.pending === 0) return <EmptyOverview info={info} />;
  return (
    <div className={classes.cards}>
      <PeopleCard overview={overview} />
      <LicencesCard overview={overview} />
      <FindingsCard />
      <PendingCard overview={overview} />
      {info.preview ? <ExpectationsCard overview={overview} /> : null}
      {info.preview && overview.as_of !== null ? <HeatCard /> : null}
      <DeskCard overview={overview} info={info} />
    </div>
  );
}
