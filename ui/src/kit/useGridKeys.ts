import { type KeyboardEvent, type MouseEvent, useRef } from "react";

interface GridKeys<Row> {
  total: number;
  current: number;
  /** Rows that Page up and Page down jump over. */
  pageRows: number;
  rowAt: (index: number) => Row | undefined;
  rowId: (row: Row) => string;
  selected?: ReadonlySet<string>;
  onSelected?: (selected: ReadonlySet<string>) => void;
  onOpen?: (row: Row) => void;
  onMove: (index: number) => void;
}

/** How much of some rows is selected. */
export type SelectionOf = "none" | "some" | "all";

/** Where a key leads from `current`; `null` for keys that do not move. */
export function targetOf(key: string, current: number, total: number, pageRows: number): number | null {
  const ways: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + pageRows,
    PageUp: current - pageRows,
    Home: 0,
    End: total - 1,
  };
  const target = ways[key];
  return target === undefined ? null : Math.max(0, Math.min(target, total - 1));
}

/** What keys and clicks do to a grid: move, open, select, extend. */
export function useGridKeys<Row>(grid: GridKeys<Row>) {
  const { total, current, pageRows, rowAt, rowId, selected, onSelected, onOpen, onMove } = grid;
  // Where a range with Shift begins.
  const anchor = useRef(0);

  const idsBetween = (from: number, to: number): string[] => {
    const [low, high] = from < to ? [from, to] : [to, from];
    const rows = Array.from({ length: high - low + 1 }, (_, step) => rowAt(low + step));
    return rows.filter((row) => row !== undefined).map(rowId);
  };
  const toggle = (index: number) => {
    const row = rowAt(index);
    if (!selected || row === undefined) return;
    const next = new Set(selected);
    if (!next.delete(rowId(row))) next.add(rowId(row));
    anchor.current = index;
    onSelected?.(next);
  };
  const extend = (to: number) => {
    if (selected) onSelected?.(new Set([...selected, ...idsBetween(anchor.current, to)]));
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) onOpen?.(row);
  };
  const idsOf = (indices: number[]): string[] => indices.map(rowAt).filter((row) => row !== undefined).map(rowId);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || total === 0) return;
    const target = targetOf(event.key, current, total, pageRows);
    if (target !== null && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (event.shiftKey) extend(target);
      else anchor.current = target;
      onMove(target);
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(current);
    } else if (event.key === " " && selected) {
      event.preventDefault();
      if (event.shiftKey) extend(current);
      else toggle(current);
    }
  };

  return {
    onKeyDown,
    press: (index: number, event: MouseEvent) => {
      if (selected && (event.ctrlKey || event.metaKey)) toggle(index);
      else if (selected && event.shiftKey) extend(index);
      else open(index);
    },
    check: (index: number, range: boolean) => (range ? extend(index) : toggle(index)),
    selectionOfShown: (indices: number[]): SelectionOf => {
      const ids = idsOf(indices);
      const count = ids.filter((id) => selected?.has(id)).length;
      if (count === 0) return "none";
      return count === ids.length ? "all" : "some";
    },
    toggleShown: (indices: number[]) => {
      const ids = idsOf(indices);
      const next = new Set(selected);
      const all = ids.every((id) => next.has(id));
      for (const id of ids) {
        if (all) next.delete(id);
        else next.add(id);
      }
      onSelected?.(next);
    },
  };
}
