import { type TopAccounts, useExpectationsOnDemand, useHeatOnDemand } from "@/bridge/overview";
import type { ExpectationReport, Overview } from "@/bridge/types";
import { expectationsHref } from "@/features/expectations/paths";
import { recordHref } from "@/features/records/paths";
import { heatHref } from "@/features/tickets/paths";
import { VerdictIcon, type Verdict } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { Bars, Card } from "./Card";
import { OnDemandWork } from "./OnDemandWork";
import classes from "./Overview.module.css";

/** How expectations stand, once somebody wants to know. */
export function ExpectationsCard({ overview }: { overview: Overview }) {
  const { t, number } = useWords();
  const work = useExpectationsOnDemand();
  const { expectations } = overview;
  return (
    <Card
      title={t("expectations.title")}
      sub={expectations > 0 ? number(expectations) : undefined}
      link={{ href: expectationsHref(), text: t("overview.toExpectations") }}
      busy={work.done !== null}
    >
      {expectations === 0 ? (
        <p className={classes.quiet}>{t("expectations.noneText")}</p>
      ) : (
        <>
          {work.data && work.done === null ? <Stands report={work.data} /> : null}
          <OnDemandWork
            work={work}
            action={t("overview.check")}
            progress={(done) => t("overview.checked", { number: number(done) })}
          />
        </>
      )}
    </Card>
  );
}

const STATES: readonly ["broken" | "unknown" | "held", Verdict][] = [
  ["broken", "blocked"],
  ["unknown", "unknown"],
  ["held", "passed"],
];

function Stands({ report }: { report: ExpectationReport }) {
  const { t } = useWords();
  return (
    <Bars
      label={t("expectations.list")}
      bars={STATES.map(([state, verdict]) => ({
        key: state,
        // The name beside it says the same.
        icon: (
          <span aria-hidden="true" className={classes.verdict}>
            <VerdictIcon verdict={verdict} />
          </span>
        ),
        name: t(`expectations.state.${state}`),
        value: report[state],
        href: expectationsHref(),
        tone: state === "broken" ? "serious" : state === "unknown" ? "warning" : undefined,
      }))}
    />
  );
}

/** Which accounts see most tickets, once somebody wants to know. */
export function HeatCard() {
  const { t, number } = useWords();
  const work = useHeatOnDemand();
  return (
    <Card title={t("heat.title")} link={{ href: heatHref, text: t("overview.toHeat") }} busy={work.done !== null}>
      {work.data && work.done === null ? <Most top={work.data} /> : <p className={classes.quiet}>{t("overview.heatText")}</p>}
      <OnDemandWork work={work} action={t("overview.lookAtAccounts")} progress={(done) => t("heat.looking", { number: number(done) })} />
    </Card>
  );
}

function Most({ top }: { top: TopAccounts }) {
  const { t, number } = useWords();
  const { rows } = top;
  if (rows.length === 0) return <p className={classes.quiet}>{t("heat.noRows")}</p>;
  return (
    <>
      <Bars
        label={t("overview.most")}
        bars={rows.map((row) => ({
          key: row.id,
          name: row.id === "" ? t("heat.noAccount") : row.name,
          value: row.tickets,
          href: row.id === "" ? undefined : recordHref("account", row.id),
          tone: "yours",
        }))}
      />
      <p className={classes.note}>
        {top.looked < top.total ? t("overview.onlyFirst", { number: number(top.looked), total: number(top.total) }) : t("overview.allOf", { count: top.total, number: number(top.total) })}
      </p>
    </>
  );
}
