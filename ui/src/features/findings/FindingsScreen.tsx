import { BellOff, CircleCheckBig, Info, OctagonAlert, TriangleAlert, type LucideIcon } from "lucide-react";
import { asApiError } from "@/bridge/error";
import { useFindingCounts } from "@/bridge/findings";
import type { FindingKind } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { FindingList } from "./FindingList";
import classes from "./Findings.module.css";

const icons: Record<string, LucideIcon> = { serious: OctagonAlert, warning: TriangleAlert, note: Info };

interface FindingsScreenProps {
  /** The kind that is open. */
  kind: string | null;
  onKind: (kind: string) => void;
}

/** What is probably not meant: kinds with counts, and the findings of one of them. */
export function FindingsScreen({ kind, onKind }: FindingsScreenProps) {
  const { t, number } = useWords();
  const query = useFindingCounts();
  const kinds = (query.data?.kinds ?? []).filter((one) => one.shown + one.muted > 0);
  const open = kinds.find((one) => one.id === kind) ?? kinds[0];
  if (query.isError && !query.data) return <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <div className={classes.screen}>
      <section className={classes.zone} aria-label={t("findings.kinds")} aria-busy={query.isFetching}>
        <PageHead level={1} title={t("findings.title")} count={query.data ? number(query.data.total) : undefined} sub={t("findings.sub")} />
        {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
        {query.isSuccess && kinds.length === 0 ? (
          <EmptyState icon={CircleCheckBig} title={t("findings.nothing")}>
            {t("findings.nothingText")}
          </EmptyState>
        ) : null}
        <ul className={classes.kinds}>
          {kinds.map((one) => (
            <Kind key={one.id} kind={one} open={one.id === open?.id} onOpen={onKind} />
          ))}
        </ul>
      </section>
      {open ? <FindingList key={open.id} kind={open} /> : null}
    </div>
  );
}

function Kind({ kind, open, onOpen }: { kind: FindingKind; open: boolean; onOpen: (kind: string) => void }) {
  const { t, tOr, number } = useWords();
  const Icon = kind.shown === 0 ? BellOff : (icons[kind.severity] ?? Info);
  return (
    <li>
      <button type="button" className={classes.kind} aria-current={open || undefined} onClick={() => onOpen(kind.id)}>
        <Icon size={15} strokeWidth={1.6} role="img" aria-label={t(kind.shown === 0 ? "findings.muted" : `findings.severity.${kind.severity}`)} className={classes.icon} data-severity={kind.shown === 0 ? "muted" : kind.severity} />
        <span className={classes.kindName}>{tOr(`findings.kind.${kind.id}`, kind.text)}</span>
        <span className={classes.count}>{number(kind.shown)}</span>
      </button>
    </li>
  );
}
