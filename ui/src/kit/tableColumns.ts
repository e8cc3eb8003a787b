import type { ReactNode } from "react";
import { COLUMN_GAP } from "./tableMeasures";

/** How a table is sorted. */
export interface Sort {
  /** Key of the column. */
  key: string;
  descending: boolean;
}

/** A column of a table. */
export interface TableColumn<Row> {
  /** Its key; also what `Sort` names. */
  key: string;
  /** Its heading. */
  title: string;
  /** Never narrower, in pixels. */
  min: number;
  /** Its share of what is left; 0 stays at `min`. */
  grow: number;
  /** Where it is narrow, columns with the highest number leave first; 0 never leaves. */
  priority: number;
  /** Whether it is only shown when it is chosen. */
  optional?: boolean;
  /** Whether its head sorts. */
  sortable?: boolean;
  /** Figures stand at the right. */
  align?: "end";
  /** What a row shows in it. */
  cell: (row: Row) => ReactNode;
}

/** The width that all columns need, with the gaps between them, in pixels. */
export function widthOf<Row>(columns: TableColumn<Row>[]): number {
  return columns.reduce((sum, column) => sum + column.min, 0) + Math.max(columns.length - 1, 0) * COLUMN_GAP;
}

/** The columns for which there is room: the least important leave first. */
export function fitColumns<Row>(columns: TableColumn<Row>[], width: number): TableColumn<Row>[] {
  if (width <= 0) return columns;
  const leaving = [...columns].filter((column) => column.priority > 0).sort((a, b) => b.priority - a.priority);
  let shown = columns;
  for (const column of leaving) {
    if (widthOf(shown) <= width) return shown;
    shown = shown.filter((each) => each !== column);
  }
  return shown;
}

/** The columns as a CSS grid, with the checkbox in front where rows can be selected. */
export function template<Row>(columns: TableColumn<Row>[], selectable: boolean): string {
  const parts = columns.map((column) => (column.grow > 0 ? `minmax(${column.min}px, ${column.grow}fr)` : `${column.min}px`));
  return [selectable ? "28px" : "", ...parts].filter(Boolean).join(" ");
}
