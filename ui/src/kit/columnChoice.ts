import type { TableColumn } from "./tableColumns";

/** Which columns are shown, in order, by key; `null` for those that are there at the beginning. */
export type ColumnChoice = readonly string[] | null;

type Choosable = Pick<TableColumn<never>, "key" | "priority" | "optional">;

/** Whether a column can be left out. */
export function canLeave(column: Choosable): boolean {
  return column.priority > 0;
}

/** Keys of the columns that are shown, in order. A column that is gone is left out, one that cannot leave is there. */
export function shownKeys(columns: readonly Choosable[], choice: ColumnChoice): string[] {
  if (choice === null) return columns.filter((column) => !column.optional).map((column) => column.key);
  const known = choice.filter((key, place) => columns.some((column) => column.key === key) && choice.indexOf(key) === place);
  const fixed = columns.filter((column) => !canLeave(column) && !known.includes(column.key)).map((column) => column.key);
  return [...fixed, ...known];
}

/** The columns that are shown, in order. */
export function chosenColumns<Row>(columns: readonly TableColumn<Row>[], choice: ColumnChoice): TableColumn<Row>[] {
  return shownKeys(columns, choice).flatMap((key) => columns.filter((column) => column.key === key));
}

/** With a column at the end, or without it. */
export function toggledColumn(shown: readonly string[], key: string): string[] {
  return shown.includes(key) ? shown.filter((each) => each !== key) : [...shown, key];
}

/** With a column one place further to the left (-1) or right (1). */
export function movedColumn(shown: readonly string[], key: string, by: -1 | 1): string[] {
  const from = shown.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= shown.length) return [...shown];
  const moved = shown.filter((each) => each !== key);
  moved.splice(to, 0, key);
  return moved;
}

/** Whether two choices show the same. */
export function sameColumns(columns: readonly Choosable[], one: ColumnChoice, other: ColumnChoice): boolean {
  return shownKeys(columns, one).join("\n") === shownKeys(columns, other).join("\n");
}
