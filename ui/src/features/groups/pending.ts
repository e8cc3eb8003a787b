import type { MatrixEdit, MatrixRow } from "@/bridge/types";

/** Cells that are not saved, by row and group. */
export type Pending = ReadonlyMap<string, MatrixEdit>;

export const cellKey = (row: string, group: string): string => `${row} ${group}`;

/** The permissions a row has on a group, as saved. */
export const heldBy = (row: MatrixRow, group: string): string[] => row.cells.find((cell) => cell.group === group)?.permissions ?? [];

/** The strongest of some permissions; a key that is not the desk's own stands for itself; empty for none. */
export function strongest(held: readonly string[], permissions: readonly string[]): string {
  return permissions.toReversed().find((key) => held.includes(key)) ?? held[0] ?? "";
}

/** The cells with one of them set; keys that are not the desk's own stay beside a permission. A cell that is as saved is none. */
export function withCell(pending: Pending, row: MatrixRow, group: string, value: string, permissions: readonly string[]): Pending {
  const before = heldBy(row, group);
  const own = before.filter((key) => !permissions.includes(key));
  const shall = value === "" ? [] : [...own.filter((key) => key !== value), value];
  const next = new Map(pending);
  if (shall.toSorted().join() === before.toSorted().join()) next.delete(cellKey(row.id, group));
  else next.set(cellKey(row.id, group), { row: row.id, group, before, permissions: shall });
  return next;
}
