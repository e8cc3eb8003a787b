import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { DataTableHead } from "./DataTableHead";
import { DataTableRow } from "./DataTableRow";
import { type Selection, isSelected } from "./selection";
import { type Sort, type TableColumn, fitColumns, template, widthOf } from "./tableColumns";
import { HEAD_HEIGHT, ROW_HEIGHT } from "./tableMeasures";
import { useGridKeys } from "./useGridKeys";
import { type LoadPage, type PageKey, usePages } from "./usePages";
import classes from "./DataTable.module.css";

interface DataTableProps<Row> {
  /** The table's name for people who hear it. */
  label: string;
  /** The columns, from left to right. */
  columns: TableColumn<Row>[];
  /** Whether somebody chose these columns: then all of them stay, and the table scrolls sideways where it is narrow. */
  keepColumns?: boolean;
  /** Names what is listed; pages are cached under it. Another key is another list. */
  pageKey: PageKey;
  /** Gives the rows from `offset`, at most `limit`, and how many there are in all. */
  loadPage: LoadPage<Row>;
  /** What tells rows apart. */
  rowId: (row: Row) => string;
  /** The row that is open beside the table. */
  openId?: string | null;
  /** Enter or click on a row. */
  onOpen?: (row: Row) => void;
  /** What is selected; without it there are no checkboxes. */
  selection?: Selection;
  /** Hears of another selection. */
  onSelection?: (selection: Selection) => void;
  /** How it is sorted. */
  sort?: Sort;
  /** Hears of a click on a sortable column's head. */
  onSort?: (sort: Sort) => void;
  /** What the blue dot before a row means ("saved, not exported"); nothing for rows without one. */
  mark?: (row: Row) => string | null;
  /** Shown instead of rows where there are none. */
  empty: ReactNode;
  /** Shown instead of rows where the first page cannot be had. */
  failed: (error: unknown, retry: () => void) => ReactNode;
  /** Hears which rows are in sight (from 1) and how many there are. */
  onView?: (view: TableView) => void;
}

/** What a row takes beside its columns: paddings, checkbox. */
const BESIDE = 24;
const BESIDE_SELECTABLE = 60;

/** What is in sight. */
export interface TableView {
  /** First row in sight, from 1; 0 when there are none. */
  first: number;
  /** Last row in sight. */
  last: number;
  /** All rows. */
  total: number;
}

/** A list of any length: only what is in sight is asked for and drawn. Arrows, Home, End, Page keys, Enter, Space, Ctrl A, Esc. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rowId, openId = null, onOpen, selection, onSelection, sort, onSort, mark, onView } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const pages = usePages(props.pageKey, props.loadPage);
  const [active, setActive] = useState(0);
  const total = pages.total ?? 0;
  const current = Math.min(active, Math.max(total - 1, 0));

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    initialRect: { width: 800, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const { show } = pages;
  const top = items[0]?.index ?? 0;
  const bottom = items.at(-1)?.index ?? 0;
  useEffect(() => show(top, bottom), [show, top, bottom]);

  // Another list starts at its beginning.
  const { shownKey } = pages;
  useEffect(() => {
    setActive(0);
    box.current?.scrollTo?.({ top: 0 });
  }, [shownKey]);

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (pages.total !== null) onView?.({ first: total === 0 ? 0 : first + 1, last: Math.min(last + 1, total), total });
  }, [onView, first, last, total, pages.total]);

  const keys = useGridKeys({
    total,
    current,
    pageRows: Math.max(Math.floor(((box.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1, 1),
    rowAt: pages.rowAt,
    rowsBetween: pages.rowsBetween,
    rowId,
    selection,
    onSelection,
    onOpen,
    onMove: (index) => {
      setActive(index);
      virtual.scrollToIndex(index, { align: "auto" });
    },
  });

  const selectable = selection !== undefined;
  const room = width - (selectable ? BESIDE_SELECTABLE : BESIDE);
  const shown = props.keepColumns ? columns : fitColumns(columns, room);
  const grid = template(shown, selectable);
  const wide = props.keepColumns && widthOf(shown) > room ? widthOf(shown) + (selectable ? BESIDE_SELECTABLE : BESIDE) : undefined;
  const inSight = Array.from({ length: total === 0 ? 0 : Math.min(last, total - 1) - first + 1 }, (_, step) => first + step);
  const drawn = items.some((item) => item.index === current) || total === 0 ? items.map((item) => item.index) : [...items.map((item) => item.index), current];

  if (pages.error !== null && pages.total === null) return <div className={classes.failed}>{props.failed(pages.error, pages.retry)}</div>;
  return (
    <div
      ref={box}
      className={classes.box}
      role="grid"
      aria-label={label}
      aria-rowcount={pages.total === null ? -1 : total + 1}
      aria-colcount={shown.length + (selectable ? 1 : 0)}
      aria-multiselectable={selectable ? true : undefined}
      aria-busy={pages.waiting || keys.asking}
      aria-activedescendant={total > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      data-waiting={pages.waiting || undefined}
      data-wide={wide !== undefined || undefined}
      style={wide === undefined ? undefined : ({ "--table-width": `${wide}px` } as CSSProperties)}
    >
      <DataTableHead
        columns={shown}
        grid={grid}
        sort={sort}
        onSort={onSort}
        selection={selectable ? keys.selectionOfShown(inSight) : null}
        onToggleAll={() => keys.toggleShown(inSight)}
      />
      {pages.total === null ? <Skeleton grid={grid} columns={shown.length + (selectable ? 1 : 0)} /> : null}
      {pages.total === 0 ? <div className={classes.empty} role="row"><div role="gridcell">{props.empty}</div></div> : null}
      <div className={classes.rows} role="rowgroup" style={{ height: total * ROW_HEIGHT }}>
        {drawn.map((index) => {
          const row = pages.rowAt(index);
          const key = row === undefined ? "" : rowId(row);
          return (
            <DataTableRow
              key={index}
              id={`${id}-${index}`}
              index={index}
              row={row}
              columns={shown}
              grid={grid}
              active={index === current}
              open={row !== undefined && key === openId}
              selected={selection ? row !== undefined && isSelected(selection, key) : null}
              mark={row === undefined ? null : (mark?.(row) ?? null)}
              onPress={(event) => {
                setActive(index);
                keys.press(index, event);
              }}
              onCheck={(event) => {
                setActive(index);
                keys.check(index, event.shiftKey);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function Skeleton({ grid, columns }: { grid: string; columns: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 16 }, (_, row) => (
        <div key={row} className={classes.skeletonRow} style={{ gridTemplateColumns: grid }}>
          {Array.from({ length: columns }, (_, cell) => (
            <span key={cell} className={classes.bar} style={{ width: `${45 + ((row * 7 + cell * 13) % 40)}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth || element.offsetWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
