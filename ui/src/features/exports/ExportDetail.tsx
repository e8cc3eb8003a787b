import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useCheckExportFiles, useExportOperations, useTickSteps, useVerify } from "@/bridge/exports";
import { useErrorWords } from "@/bridge/errorWords";
import { useWorkspace } from "@/bridge/reads";
import type { ExportRow, LedgerOperation, VerifiedOperation } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { FilterTabs } from "@/kit/FilterTabs";
import { PageHead } from "@/kit/PageHead";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { OperationLine } from "./OperationLine";
import { matches, tabsOf, type Filter } from "./filters";
import { type Choices, useChoices } from "./useChoices";
import { VerifyFoot } from "./VerifyFoot";
import { WaysOn } from "./WaysOn";
import classes from "./Exports.module.css";

/** How many lines are drawn; who looks for one narrows the list. */
const SHOWN = 300;

/** One export: its operations with their ticks, and what a verification says of each. */
export function ExportDetail({ row }: { row: ExportRow }) {
  const { t, dateTime, number } = useWords();
  const errorWords = useErrorWords();
  const query = useExportOperations(row.id);
  const workspace = useWorkspace().data;
  const work = useVerify(row.id);
  const tick = useTickSteps(row.id);
  const [filter, setFilter] = useState<Filter>("all");
  const operations = query.data ?? [];
  const report = work.running ? null : work.report;
  const verified = new Map(report?.operations.map((one) => [one.operation.position, one]));
  const tabs = tabsOf(row, report);
  const current = tabs.some((tab) => tab.value === filter) ? filter : "all";
  const choices = useChoices(row.id, report);
  const here = operations.filter((operation) => matches(current, operation, verified.get(operation.position)));
  const send = (positions: number[], done: boolean) =>
    tick.mutate({ positions, done }, { onError: (thrown) => toasts.failed(errorWords(thrown).title) });
  const isToTick = (one: LedgerOperation) => one.by_hand && one.done_by === null && verified.get(one.position)?.outcome === "applied";
  const isOpen = (position: number) => {
    const one = verified.get(position);
    return one !== undefined && choices.isOpen(one);
  };
  const open = here.map((one) => one.position).filter(isOpen);
  const toTick = workspace?.read_only === false ? operations.filter(isToTick).map((one) => one.position) : [];
  const error = query.isError ? errorWords(query.error) : null;
  const labels = { all: t("exports.all"), todo: t("exports.todo"), ticked: t("exports.ticked"), applied: t("exports.outcome.applied"), not_applied: t("exports.outcome.not_applied"), drifted: t("exports.outcome.drifted"), unknown: t("exports.outcome.unknown") };
  return (
    <section className={classes.zone} aria-label={t("exports.one", { at: dateTime(row.at) })}>
      <PageHead title={t("exports.one", { at: dateTime(row.at) })} sub={<code className={classes.id}>{row.id}</code>}>
        {row.applied ? null : <CheckFiles folder={row.folder} />}
      </PageHead>
      {tabs.length > 1 ? (
        <FilterTabs label={t("exports.filter")} value={current} onChange={setFilter} tabs={tabs.map(({ value, count }) => ({ value, count, label: labels[value] }))} />
      ) : null}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("exports.operationsOf")}>
        {error ? (
          <EmptyState kind="error" title={error.title}>
            {error.text}
          </EmptyState>
        ) : null}
        {row.unsure > 0 ? (
          <p role="alert" className={classes.unsure}>
            <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" /> <span>{t("exports.unsure", { count: row.unsure, figure: number(row.unsure) })}</span>
          </p>
        ) : null}
        {report ? <WaysOn report={report} path={work.path ?? ""} toTick={toTick} onTick={() => send(toTick, true)} choices={choices} open={open} /> : null}
        {query.isSuccess && here.length === 0 ? <EmptyState title={t("exports.noneHere")} /> : null}
        <Operations operations={here.slice(0, SHOWN)} verified={verified} choices={choices} readOnly={workspace?.read_only ?? true} onTick={send} />
        {here.length > SHOWN ? <p className={classes.notice}>{t("exports.more", { figure: number(here.length - SHOWN) })}</p> : null}
      </div>
      {workspace ? <VerifyFoot work={work} workspace={workspace} /> : null}
    </section>
  );
}

interface OperationsProps {
  operations: readonly LedgerOperation[];
  verified: ReadonlyMap<number, VerifiedOperation>;
  choices: Choices;
  readOnly: boolean;
  onTick: (positions: number[], done: boolean) => void;
}

function Operations({ operations, verified, choices, readOnly, onTick }: OperationsProps) {
  return (
    <ul className={classes.operations}>
      {operations.map((operation) => (
        <OperationLine
          key={operation.position}
          operation={operation}
          verified={verified.get(operation.position) ?? null}
          choices={readOnly ? null : choices}
          onTick={readOnly ? null : (done) => onTick([operation.position], done)}
        />
      ))}
    </ul>
  );
}

/** Whether the files in the export's folder are still what was written. */
function CheckFiles({ folder }: { folder: string }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const check = useCheckExportFiles();
  const others = check.data?.files.filter((file) => file.state !== "same") ?? [];
  const failed = check.isError ? errorWords(check.error) : null;
  return (
    <>
      <span aria-live="polite" className={classes.files} data-bad={others.length > 0 || failed !== null || undefined}>
        {failed ? failed.title : null}
        {check.data ? (others.length === 0 ? t("exports.filesSame") : others.map((file) => t(file.state === "missing" ? "exports.fileMissing" : "exports.fileChanged", { name: file.name })).join(", ")) : null}
      </span>
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate(folder)}>
        {t("exports.checkFiles")}
      </Button>
    </>
  );
}
