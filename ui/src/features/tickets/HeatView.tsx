import { Button } from "@mantine/core";
import { Building2, Inbox } from "lucide-react";
import { type ReactNode, useState } from "react";
import { asApiError } from "@/bridge/error";
import { useHeatHead, useHeatRows } from "@/bridge/heat";
import { settingTitle } from "@/bridge/ruleText";
import type { HeatColumn, HeatHead, HeatRow } from "@/bridge/types";
import { CheckMatrix } from "@/kit/CheckMatrix";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { SearchField } from "@/kit/SearchField";
import { StandingBadge } from "@/kit/StandingBadge";
import { useWords } from "@/words";
import { ExportMenu } from "./ExportMenu";
import { HeatPane } from "./HeatPane";
import { useHeatExport } from "./useHeatExport";
import classes from "./Heat.module.css";

/** The column of all tickets together. */
const ALL = " all";

/** What the address holds: which accounts, which columns. */
export interface HeatAddress {
  a?: string;
  g?: string;
}

interface HeatViewProps {
  address: HeatAddress;
  /** Hears what changes in it. */
  onAddress: (part: HeatAddress) => void;
  /** Opens an account. */
  onOpenAccount: (id: string) => void;
  /** What else the screen can show. */
  views: ReactNode;
}

/** From 1 for little to 5 for all; none for nothing. */
function heatOf(tickets: number, all: number): number | undefined {
  if (tickets === 0 || all === 0) return undefined;
  const share = tickets / all;
  return share === 1 ? 5 : share >= 0.5 ? 4 : share >= 0.1 ? 3 : share >= 0.01 ? 2 : 1;
}

/** Whoever stopped the work reads above how to go on. */
const failed = (error: unknown, retry: () => void) => (asApiError(error).code === "cancelled" ? null : <FailedState error={asApiError(error)} onRetry={retry} />);

/** Accounts down, across groups or what else the desk sorts tickets by: how many tickets the people of an account see. */
export function HeatView(props: HeatViewProps) {
  const { t } = useWords();
  const head = useHeatHead();
  if (head.data && head.data.columns.length > 0) return <Table {...props} head={head.data} />;
  return (
    <section className={classes.screen} aria-label={t("heat.title")}>
      <PageHead level={1} title={t("heat.title")}>
        {props.views}
      </PageHead>
      {head.isError ? failed(head.error, () => void head.refetch()) : null}
      {head.isPending ? <EmptyState title={t("kit.loading")} /> : null}
      {head.isSuccess ? (
        <EmptyState icon={Inbox} title={t("heat.noColumns")}>
          {t("tickets.noTicketsText")}
        </EmptyState>
      ) : null}
    </section>
  );
}

function Table({ head, address, onAddress, onOpenAccount, views }: HeatViewProps & { head: HeatHead }) {
  const words = useWords();
  const { t, number } = words;
  const search = address.a ?? "";
  const rows = useHeatRows(search);
  const [here, setHere] = useState<{ row: HeatRow; column: string } | null>(null);
  const nameless = t(`place.none.${head.by}`);
  const file = useHeatExport(search, nameless);
  const wanted = (address.g ?? "").toLowerCase();
  const columns = head.columns.map((column) => ({ ...column, name: column.name || nameless }));
  const shown = columns.filter((column) => column.name.toLowerCase().includes(wanted));
  const total = head.columns.reduce((sum, column) => sum + column.tickets, 0);
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const all: HeatColumn = { key: ALL, name: t("heat.all"), tickets: total };
  const columnOf = (key: string) => (key === ALL ? all : byKey.get(key));
  const ticketsOf = (row: HeatRow, key: string) => (key === ALL ? row.tickets : (row.cells.find((cell) => cell.column === key)?.tickets ?? 0));
  const nameOf = (row: HeatRow) => (row.id === "" ? t("heat.noAccount") : row.name);
  const cell = (row: HeatRow, key: string) => {
    const tickets = ticketsOf(row, key);
    const doubt = key === ALL && row.unknown > 0 ? t("heat.unknown", { count: row.unknown, number: number(row.unknown) }) : undefined;
    return { value: tickets > 0 ? number(tickets) : doubt ? "?" : "", heat: heatOf(tickets, columnOf(key)?.tickets ?? 0), doubt };
  };
  const headOf = (column: HeatColumn) => (
    <>
      <span className={classes.column} title={column.name}>
        {column.name}
      </span>
      <span className={classes.counts}>{number(column.tickets)}</span>
    </>
  );
  const name = (row: HeatRow) => (
    <>
      <span className={classes.clip} title={row.key === "" ? undefined : `${row.name}, ${row.key}`} data-none={row.id === "" || undefined}>
        {nameOf(row)}
      </span>
      <span className={classes.people} title={t("heat.people", { count: row.people, number: number(row.people) })}>
        {number(row.people)}
      </span>
    </>
  );
  const hereColumn = here ? columnOf(here.column) : undefined;
  return (
    <section className={classes.screen} aria-label={t("heat.title")}>
      <PageHead level={1} title={t("heat.title")}>
        {views}
        <ExportMenu file={file} />
      </PageHead>
      <p className={classes.definition}>{t("heat.definition")}</p>
      <div className={classes.bar}>
        <div className={classes.filter}>
          <SearchField label={t("heat.filterAccounts")} value={search} onChange={(a) => onAddress({ a })} />
        </div>
        <div className={classes.filter}>
          <SearchField label={t(`place.filter.${head.by}`)} value={address.g ?? ""} onChange={(g) => onAddress({ g })} slash={false} />
        </div>
        <Work done={rows.done} stopped={rows.stopped} onStop={rows.stop} onGoOn={rows.goOn} />
        <span className={classes.count}>{t(`place.shown.${head.by}`, { columns: number(shown.length), all: number(columns.length) })}</span>
      </div>
      {head.unknown_settings.length > 0 ? (
        <p className={classes.notice}>
          {t("tickets.unknownSettings", { count: head.unknown_settings.length })} <a href="#/portal">{t("tickets.toSettings")}</a>
        </p>
      ) : null}
      {head.assumed.length > 0 ? (
        <p className={classes.notice}>
          <StandingBadge standing="A" /> {t("kit.effect.assumed", { count: head.assumed.length, settings: head.assumed.map((setting) => settingTitle(words, setting)).join(", ") })}{" "}
          <a href="#/portal">{t("tickets.toSettings")}</a>
        </p>
      ) : null}
      <div className={classes.body}>
        <CheckMatrix<HeatRow>
          key={search}
          label={t("heat.title")}
          corner={t("heat.account")}
          columns={[all, ...shown].map((column) => ({ key: column.key, label: column.name, head: () => headOf(column) }))}
          pageKey={rows.pageKey}
          loadPage={rows.loadPage}
          rowId={(row) => row.id}
          rowLabel={nameOf}
          rowName={name}
          cell={cell}
          values={[{ value: "", label: t("heat.none"), letter: "" }]}
          wasLabel={String}
          onSet={() => undefined}
          onOpenRow={(row) => (row.id === "" ? undefined : onOpenAccount(row.id))}
          onOpenColumn={() => undefined}
          onToggleColumn={() => undefined}
          onSetColumn={() => undefined}
          onMove={(row, column) => setHere(row && column ? { row, column } : null)}
          empty={<EmptyState icon={Building2} title={t(search === "" ? "heat.noRows" : "heat.noMatch")} />}
          failed={failed}
        />
        {here && hereColumn ? (
          <HeatPane
            key={`${here.row.id} ${here.column}`}
            row={here.row}
            name={nameOf(here.row)}
            column={hereColumn}
            all={here.column === ALL}
            tickets={ticketsOf(here.row, here.column)}
            onOpenAccount={onOpenAccount}
          />
        ) : null}
      </div>
    </section>
  );
}

/** How far the rows in sight are, and stopping that. */
function Work({ done, stopped, onStop, onGoOn }: { done: number | null; stopped: boolean; onStop: () => void; onGoOn: () => void }) {
  const { t, number } = useWords();
  if (stopped) {
    return (
      <span className={classes.work} role="status">
        {t("heat.stopped")}{" "}
        <Button variant="default" onClick={onGoOn}>
          {t("heat.goOn")}
        </Button>
      </span>
    );
  }
  if (done === null) return null;
  return (
    <span className={classes.work}>
      {t("heat.looking", { number: number(done) })}{" "}
      <Button variant="default" onClick={onStop}>
        {t("heat.stop")}
      </Button>
    </span>
  );
}
