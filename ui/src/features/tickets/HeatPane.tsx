import { Button } from "@mantine/core";
import { asApiError } from "@/bridge/error";
import { useHeatPeople } from "@/bridge/heat";
import type { HeatColumn, HeatRow } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import { FailedState } from "@/kit/FailedState";
import { useWords } from "@/words";
import classes from "./Heat.module.css";

interface HeatPaneProps {
  row: HeatRow;
  /** The account's name. */
  name: string;
  column: HeatColumn;
  /** Whether the column is that of all tickets. */
  all: boolean;
  /** What the cell says. */
  tickets: number;
  onOpenAccount: (id: string) => void;
}

/** The people behind a cell: who sees how many of its tickets. */
export function HeatPane({ row, name, column, all, tickets, onOpenAccount }: HeatPaneProps) {
  const { t, number } = useWords();
  const query = useHeatPeople(row.id, all ? null : column.key);
  const people = query.data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <aside className={classes.pane} aria-label={t("heat.cell")}>
      <h2 className={classes.title} aria-label={[name, column.name].join(", ")}>
        {name}
        <span className={classes.place}>{column.name}</span>
      </h2>
      <p className={classes.sub}>
        {[t("heat.sees", { tickets: number(tickets), total: number(column.tickets) }), t("heat.people", { count: row.people, number: number(row.people) })].join(", ")}
      </p>
      {row.unknown > 0 ? <p className={classes.doubt}>{t("heat.unknown", { count: row.unknown, number: number(row.unknown) })}</p> : null}
      {row.id === "" ? null : (
        <p className={classes.links}>
          <Button variant="default" onClick={() => onOpenAccount(row.id)}>
            {t("heat.openAccount")}
          </Button>
        </p>
      )}
      {query.isError ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <p className={classes.sub}>{t("kit.loading")}</p> : null}
      {query.isSuccess && people.length === 0 ? <p className={classes.sub}>{t("heat.nobody")}</p> : null}
      <ul className={classes.list} aria-busy={query.isFetching}>
        {people.map((person) => (
          <li key={person.id}>
            <a className={classes.clip} href={userHref(person.id)} title={person.login}>
              {person.name}
            </a>
            {person.unknown ? <span className={classes.unsure}>{t("heat.mayBeMore")}</span> : null}
            <span className={classes.figure}>{number(person.tickets)}</span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <p className={classes.links}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("tickets.more")}
          </Button>
        </p>
      ) : null}
    </aside>
  );
}
