import type { ReactNode } from "react";
import classes from "./CheckMatrix.module.css";

/** A column. */
export interface MatrixHeadCell {
  key: string;
  /** Its name for those who hear it. */
  label: string;
  /** What is said of the head itself, beside its name; empty for nothing. */
  said?: string;
  /** Whether the rows are ordered by it. */
  sorted?: boolean;
  /** What its head shows; its controls can be tabbed to while the cursor is there. */
  head: (active: boolean) => ReactNode;
}

/** What a cell shows. */
export interface MatrixCellView {
  /** The value as it is now; empty for none. */
  value: string;
  /** What is saved, where it differs. */
  was?: string;
  /** Whether it is the strongest value. */
  strong?: boolean;
  /** Whether it is given from elsewhere and cannot be changed here. */
  locked?: boolean;
  /** Whether it is saved and differs from outside. */
  marked?: boolean;
  /** Why its value may not be the whole of it. */
  doubt?: string;
  /** How much it is of what it could be: 1 for little to 5 for all. */
  heat?: number;
}

/** A value that a cell can have. */
export interface MatrixValue {
  /** What the cell holds; empty for none. */
  value: string;
  /** Its name. */
  label: string;
  /** The letter that sets it. */
  letter: string;
}

interface MatrixHeadProps {
  id: string;
  index: number;
  left: number;
  width: number;
  active: boolean;
  column: MatrixHeadCell;
}

/** A column's head. */
export function MatrixHead({ id, index, left, width, active, column }: MatrixHeadProps) {
  return (
    <div
      id={id}
      className={classes.column}
      role="columnheader"
      aria-colindex={index + 1}
      aria-label={column.said ? `${column.label}, ${column.said}` : column.label}
      aria-sort={column.sorted ? "descending" : undefined}
      data-active={active || undefined}
      data-place={`-1 ${index}`}
      style={{ left, width }}
    >
      {column.head(active)}
    </div>
  );
}

interface MatrixCellProps {
  id: string;
  index: number;
  left: number;
  width: number;
  active: boolean;
  view: MatrixCellView;
  label: string;
  values: MatrixValue[];
  wasLabel: (was: string) => string;
  /** Row and column, for clicks. */
  place: string;
}

/** A cell: its value, and what is saved where that differs. */
export function MatrixCell({ id, index, left, width, active, view, label, values, wasLabel, place }: MatrixCellProps) {
  const nameOf = (value: string) => values.find((one) => one.value === value)?.label ?? value;
  const changed = view.was !== undefined && view.was !== view.value;
  const more = changed ? wasLabel(nameOf(view.was ?? "")) : view.doubt;
  const said = [`${label}: ${nameOf(view.value)}`, more].filter(Boolean).join(", ");
  return (
    <div
      id={id}
      className={classes.cell}
      role="gridcell"
      aria-colindex={index + 1}
      aria-label={said}
      aria-disabled={view.locked || undefined}
      data-active={active || undefined}
      data-strong={view.strong || undefined}
      data-locked={view.locked || undefined}
      data-heat={view.heat}
      data-was={changed || undefined}
      data-place={place}
      style={{ left, width }}
    >
      {changed && view.was ? <s className={classes.was}>{view.was}</s> : null}
      {view.value !== "" || changed ? <span>{view.value === "" ? nameOf("") : view.value}</span> : <span className={classes.nothing} aria-hidden="true">·</span>}
      {view.marked && !changed ? <i className={classes.dot} aria-hidden="true" /> : null}
      {view.doubt ? <i className={classes.dot} data-doubt title={view.doubt} aria-hidden="true" /> : null}
    </div>
  );
}
