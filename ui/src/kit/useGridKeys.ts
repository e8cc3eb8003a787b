import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { type Selection, everything, excluding, including, isSelected, nothing } from "./selection";

interface GridKeys<Row> {
  total: number;
  current: number;
  /** Rows that Page up and Page down jump over. */
  pageRows: number;
  rowAt: (index: number) => Row | undefined;
  rowsBetween: (first: number, last: number) => Promise<Row[]>;
  rowId: (row: Row) => string;
  selection?: Selection;
  onSelection?: (selection: Selection) => void;
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
  const { total, current, pageRows, rowAt, rowId, selection, onSelection, onOpen, onMove } = grid;
  // Where a range with Shift begins.
  const anchor = useRef(0);
  // Rows far apart have to be asked for; what is selected meanwhile must not be lost.
  const latest = useRef(selection);
  useEffect(() => {
    latest.current = selection;
  });
  const [asking, setAsking] = useState(false);

  const toggle = (index: number) => {
    const row = rowAt(index);
    if (!selection || row === undefined) return;
    const id = rowId(row);
    anchor.current = index;
    onSelection?.(isSelected(selection, id) ? excluding(selection, [id]) : including(selection, [id]));
  };
  const extend = (to: number) => {
    if (!selection) return;
    const [low, high] = anchor.current < to ? [anchor.current, to] : [to, anchor.current];
    const near = Array.from({ length: Math.min(high - low + 1, 500) }, (_, step) => rowAt(low + step));
    const there = near.filter((row) => row !== undefined);
    if (there.length === high - low + 1) {
      onSelection?.(including(selection, there.map(rowId)));
      return;
    }
    setAsking(true);
    grid
      .rowsBetween(low, high)
      .then((rows) => onSelection?.(including(latest.current ?? nothing, rows.map(rowId))))
      // The list itself says what is wrong; nothing is selected that was not seen.
      .catch(() => undefined)
      .finally(() => setAsking(false));
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) onOpen?.(row);
  };
  const idsOf = (indices: number[]): string[] => indices.map(rowAt).filter((row) => row !== undefined).map(rowId);

  const selectByKey = (event: KeyboardEvent): boolean => {
    if (!selection) return false;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") onSelection?.(everything);
    else if (event.key === "Escape" && (selection.all || selection.ids.size > 0)) onSelection?.(nothing);
    else if (event.key === " " && event.shiftKey) extend(current);
    else if (event.key === " ") toggle(current);
    else return false;
    return true;
  };
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
    } else if (selectByKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  return {
    onKeyDown,
    /** Whether rows of a range are under way. */
    asking,
    press: (index: number, event: MouseEvent) => {
      if (selection && (event.ctrlKey || event.metaKey)) toggle(index);
      else if (selection && event.shiftKey) extend(index);
      else open(index);
    },
    check: (index: number, range: boolean) => (range ? extend(index) : toggle(index)),
    selectionOfShown: (indices: number[]): SelectionOf => {
      if (!selection) return "none";
      if (selection.all) return selection.except.size === 0 ? "all" : "some";
      const ids = idsOf(indices);
      const count = ids.filter((id) => selection.ids.has(id)).length;
      if (count === 0) return selection.ids.size === 0 ? "none" : "some";
      return count === ids.length ? "all" : "some";
    },
    toggleShown: (indices: number[]) => {
      if (!selection) return;
      const ids = idsOf(indices);
      if (selection.all) onSelection?.(nothing);
      else if (ids.every((id) => selection.ids.has(id))) onSelection?.(excluding(selection, ids));
      else onSelection?.(including(selection, ids));
    },
  };
}
