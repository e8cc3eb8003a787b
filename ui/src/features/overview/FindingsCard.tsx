import { CircleCheckBig, Info, OctagonAlert, TriangleAlert, type LucideIcon } from "lucide-react";
import { useErrorWords } from "@/bridge/errorWords";
import { useFindingCounts } from "@/bridge/findings";
import type { FindingKind } from "@/bridge/types";
import { findingsHref } from "@/features/findings/paths";
import { useWords } from "@/words";
import { Bars, Card } from "./Card";
import classes from "./Overview.module.css";

const icons: Record<string, LucideIcon> = { serious: OctagonAlert, warning: TriangleAlert, note: Info };

/** What is probably not meant, by kind. Counting may take a moment, and the rest of the screen does not wait for it. */
export function FindingsCard() {
  const { t, tOr, number } = useWords();
  const errorWords = useErrorWords();
  const query = useFindingCounts();
  const kinds = (query.data?.kinds ?? []).filter((kind) => kind.shown > 0);
  const sign = ({ severity }: FindingKind) => {
    const Icon = icons[severity] ?? Info;
    return <Icon size={15} strokeWidth={1.6} role="img" aria-label={t(`findings.severity.${severity}`)} className={classes.sign} data-severity={severity} />;
  };
  const failed = query.isError ? errorWords(query.error) : null;
  return (
    <Card
      title={t("findings.title")}
      sub={query.data ? t("overview.cases", { count: query.data.total, number: number(query.data.total) }) : undefined}
      link={{ href: findingsHref(), text: t("overview.toFindings") }}
      busy={query.isFetching}
    >
      {query.isPending && !failed ? <p className={classes.quiet}>{t("overview.counting")}</p> : null}
      {failed ? (
        <p role="alert" className={classes.failed}>
          <strong>{failed.title}</strong> {failed.text}
        </p>
      ) : null}
      {query.data && kinds.length === 0 ? (
        <p className={classes.good}>
          <CircleCheckBig size={15} strokeWidth={1.6} aria-hidden="true" /> {t("findings.nothing")}
        </p>
      ) : null}
      <Bars
        label={t("findings.kinds")}
        bars={kinds.map((kind) => ({
          key: kind.id,
          icon: sign(kind),
          name: tOr(`findings.kind.${kind.id}`, kind.text),
          value: kind.shown,
          href: findingsHref(kind.id),
          tone: kind.severity === "serious" || kind.severity === "warning" ? kind.severity : undefined,
        }))}
      />
    </Card>
  );
}
