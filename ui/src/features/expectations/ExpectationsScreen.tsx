import { Button } from "@mantine/core";
import { ListChecks, Trash2 } from "lucide-react";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { useSortedBy } from "@/bridge/reads";
import { sentenceOf, useExpectations, useRemoveExpectation } from "@/bridge/expectations";
import type { ExpectationCheck, ExpectationReport } from "@/bridge/types";
import { usersHref } from "@/features/users/paths";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { toasts } from "@/kit/Toasts";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { NewExpectation } from "./NewExpectation";
import { ProposeDialog } from "./ProposeDialog";
import classes from "./Expectations.module.css";

interface ExpectationsScreenProps {
  /** The person of whose view expectations are made; null while nobody's. */
  from: string | null;
  onFrom: (user: string | null) => void;
}

/** What people are to see, or never to see, and whether it is so. */
export function ExpectationsScreen({ from, onFrom }: ExpectationsScreenProps) {
  const { t, number } = useWords();
  const query = useExpectations();
  const report = query.data;
  return (
    <section className={classes.screen} aria-label={t("expectations.title")} aria-busy={query.isFetching}>
      <PageHead level={1} title={t("expectations.title")} count={report ? number(report.expectations.length) : undefined} sub={t("expectations.sub")}>
        <Button variant="default" onClick={() => onFrom("")}>
          {t("expectations.from")}
        </Button>
      </PageHead>
      <NewExpectation />
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("expectations.list")}>
        {query.isError ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
        {report && !query.isError ? <Report report={report} /> : null}
      </div>
      {from === null ? null : <ProposeDialog user={from} onUser={onFrom} onClose={() => onFrom(null)} />}
    </section>
  );
}

/** What has to be looked at comes first. */
const ORDER = ["broken", "unknown", "held"];

function Report({ report }: { report: ExpectationReport }) {
  const { t, number } = useWords();
  const { expectations, broken, unknown, held } = report;
  if (expectations.length === 0) {
    return (
      <EmptyState icon={ListChecks} title={t("expectations.none")}>
        {t("expectations.noneText")}
      </EmptyState>
    );
  }
  const sorted = ORDER.flatMap((state) => expectations.filter((one) => one.state === state));
  const counts = { broken: number(broken), unknown: number(unknown), held: number(held) };
  return (
    <>
      <p className={classes.counts} role="status">
        {t(broken + unknown === 0 ? "expectations.allHold" : "expectations.counts", counts)}
      </p>
      <ul className={classes.rows}>
        {sorted.map((check) => (
          <Row key={check.expectation.id} check={check} />
        ))}
      </ul>
    </>
  );
}

const verdicts = { held: "passed", broken: "blocked", unknown: "unknown" } as const;

function Row({ check }: { check: ExpectationCheck }) {
  const words = useWords();
  const { t } = words;
  const errorWords = useErrorWords();
  const remove = useRemoveExpectation();
  const text = sentenceOf(words, check.expectation, useSortedBy());
  const state = check.state as keyof typeof verdicts;
  return (
    <li className={classes.row}>
      <VerdictIcon verdict={verdicts[state]} label={t(`expectations.state.${state}`)} />
      <span className={classes.sentence}>{text}</span>
      <Button
        variant="subtle"
        aria-label={t("expectations.removeOf", { text })}
        loading={remove.isPending}
        leftSection={<Trash2 size={13} strokeWidth={1.6} aria-hidden="true" />}
        onClick={() => remove.mutate(check.expectation.id, { onError: (thrown) => toasts.failed(errorWords(thrown).title) })}
      >
        {t("expectations.remove")}
      </Button>
      <Told check={check} />
    </li>
  );
}

/** Why it is broken or cannot be told, and for whom. */
function Told({ check }: { check: ExpectationCheck }) {
  const { t, number } = useWords();
  if (check.state === "held") return null;
  if (check.state === "unknown") {
    return (
      <p className={classes.doubt}>
        {t(`expectations.because.${check.because}`)}
        {check.unknown > 0 ? ` ${t("expectations.unknownOf", { count: check.unknown, number: number(check.unknown) })}` : null}
      </p>
    );
  }
  if (check.expectation.what === "field") return <p className={classes.against}>{t(check.expectation.sees ? "expectations.fieldHidden" : "expectations.fieldShown")}</p>;
  const more = check.against - check.examples.length;
  return (
    <p className={classes.against}>
      {t("expectations.against", { count: check.against, number: number(check.against) })}{" "}
      {check.examples.map((one, place) => (
        <span key={one.id}>
          {place > 0 ? ", " : null}
          <a href={usersHref({ id: one.id, why: one.ticket ?? undefined })}>{one.name || one.login}</a>
          {one.tickets > 0 ? ` (${t("kit.consequence.tickets", { count: one.tickets, number: number(one.tickets) })})` : null}
        </span>
      ))}
      {more > 0 ? ` ${t("expectations.andMore", { count: more, number: number(more) })}` : null}
    </p>
  );
}
