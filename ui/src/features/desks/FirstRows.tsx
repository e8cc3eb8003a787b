import { useProblemWords } from "@/bridge/problemWords";
import type { TableCell, TableRow } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { Table2 } from "lucide-react";
import type { Table } from "./useTable";
import { type TableWords, useTableWords } from "./useTableWords";
import classes from "./FirstRows.module.css";

/** The first rows as they would be read, each cell with what is wrong with it. */
export function FirstRows({ table }: { table: Table }) {
  const words = useTableWords();
  const { t } = words;
  const read = table.columns.filter((column) => column.field !== "");
  const unreadable = table.look === null || table.look.problems.length > 0;
  if (unreadable || read.length === 0) {
    return (
      <EmptyState icon={Table2} title={t("table.noRows")}>
        {unreadable ? t("table.noRowsText") : t("table.noColumns")}
      </EmptyState>
    );
  }
  const left = table.columns.length - read.length;
  return (
    <div aria-busy={table.waiting}>
      <h2 className={classes.title}>{t("table.first")}</h2>
      <p className={classes.lead}>
        {t("table.firstText")} {left > 0 ? t("table.leftOut", { count: left, number: words.number(left) }) : null}
      </p>
      <div className={classes.scroll} role="region" aria-label={t("table.first")} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("table.line")}</th>
              {read.map((column) => (
                <th key={column.heading} scope="col">
                  <span>{words.field(table.entity, column.field)}</span>
                  <span className={classes.under}>{column.heading}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.first.map((row) => (
              <Row key={row.line} row={row} headings={read.map((column) => column.heading)} table={table} words={words} />
            ))}
          </tbody>
        </table>
      </div>
      <Problems rows={table.first} words={words} />
      {table.first.length === 0 ? <p className={classes.lead}>{t("table.onlyHeadings")}</p> : null}
    </div>
  );
}

interface RowProps {
  row: TableRow;
  headings: readonly string[];
  table: Table;
  words: TableWords;
}

function Row({ row, headings, table, words }: RowProps) {
  const { t } = words;
  const cell = (heading: string) => row.cells.find((one) => one.heading === heading);
  const state = stateOf(row);
  return (
    <tr data-state={state}>
      <th scope="row">
        <span className={classes.at}>{words.number(row.line)}</span>
        <span className={classes.state}>{t(`table.row.${state}`)}</span>
      </th>
      {headings.map((heading) => (
        <td key={heading}>
          <Cell cell={cell(heading)} kind={kindOf(table, heading)} words={words} />
        </td>
      ))}
    </tr>
  );
}

/** Whether its record is known; `open` where no column says which record it is. */
function stateOf(row: TableRow): "known" | "fresh" | "problem" | "open" {
  if (row.problem !== null || row.cells.some((cell) => cell.problem !== null)) return "problem";
  if (row.known === null) return "open";
  return row.known ? "known" : "fresh";
}

function kindOf(table: Table, heading: string): string {
  const column = table.columns.find((one) => one.heading === heading);
  if (table.entity === "ticket") return column?.field === "archived" ? "flag" : "text";
  return (column && table.fieldInfo(column.field)?.kind) ?? "text";
}

function Cell({ cell, kind, words }: { cell: TableCell | undefined; kind: string; words: TableWords }) {
  if (!cell) return null;
  const value = words.value(kind, cell.value);
  return (
    <span className={classes.value} title={value} data-wrong={cell.problem !== null || undefined}>
      {cell.problem ? <VerdictIcon verdict="blocked" /> : null} {value}
    </span>
  );
}

/** What is wrong with the rows above, where a cell is too narrow to say it. */
function Problems({ rows, words }: { rows: readonly TableRow[]; words: TableWords }) {
  const { t } = words;
  const said = useProblemWords();
  const found = rows.flatMap((row) => [
    ...(row.problem === null ? [] : [{ line: row.line, heading: "", problem: row.problem }]),
    ...row.cells.flatMap(({ heading, problem }) => (problem === null ? [] : [{ line: row.line, heading, problem }])),
  ]);
  if (found.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>{t("table.firstProblems")}</h3>
      <ul className={classes.problems}>
        {found.map(({ line, heading, problem }) => (
          <li key={`${line} ${heading}`}>
            <span>{said(problem)}</span>
            <span className={classes.under}>{[t("desks.line", { line: words.number(line) }), heading].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
