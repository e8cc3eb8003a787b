import { TOP_OF, useExpectationsOnDemand, useHeatOnDemand } from "@/bridge/overview";
import type { ExpectationReport, HeatPage, Overview } from "@/bridge/types";
import { expectationsHref } from "@/features/expectations/paths";
import { recordHref } from "@/features/records/paths";
import { heatHref } from "@/features/tickets/paths";
import { VerdictIcon, type Verdict } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { Bars, Card } from "./Card";
import { OnDemandWork } from "./OnDemandWork";
import classes from "./Overview.module.css";

/** Accounts that are named. */
const NAMED = 6;

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
      {work.data && work.done === null ? <Most page={work.data} /> : <p className={classes.quiet}>{t("overview.heatText")}</p>}
      <OnDemandWork work={work} action={t("overview.lookAtAccounts", { count: TOP_OF })} progress={(done) => t("heat.looking", { number: number(done) })} />
    </Card>
  );
}

function Most({ page }: { page: HeatPage }) {
  const { t, number } = useWords();
  const rows = page.rows.toSorted((a, b) => b.tickets - a.tickets).slice(0, NAMED);
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
        {page.rows.length < page.total ? t("overview.onlyFirst", { number: number(page.rows.length), total: number(page.total) }) : t("overview.allOf", { count: page.total, number: number(page.total) })}
      </p>
    </>
  );
}
