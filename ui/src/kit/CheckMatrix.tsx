import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type LoadPage, type PageKey, usePages } from "./usePages";
import { ROW_HEIGHT } from "./tableMeasures";
import { MatrixCell, type MatrixCellView, MatrixHead, type MatrixHeadCell, type MatrixValue } from "./MatrixParts";
import { type Place, keyOf } from "./matrixKeys";
import classes from "./CheckMatrix.module.css";

/** Height of the head, in pixels: names wrap. */
export const MATRIX_HEAD = 76;
const NAME_WIDTH = 240;
const CELL_WIDTH = 76;
const TYPE_AHEAD_MS = 800;

interface CheckMatrixProps<Row> {
  label: string;
  /** Head of the rows' names. */
  corner: ReactNode;
  columns: MatrixHeadCell[];
  pageKey: PageKey;
  loadPage: LoadPage<Row>;
  rowId: (row: Row) => string;
  /** The row's name for those who hear it. */
  rowLabel: (row: Row) => string;
  /** What stands before its cells. */
  rowName: (row: Row) => ReactNode;
  cell: (row: Row, column: string) => MatrixCellView;
  /** What a cell can be, in the order in which Space goes through them. */
  values: MatrixValue[];
  /** The words for a cell whose value is not saved yet. */
  wasLabel: (was: string) => string;
  /** Gives a cell a value. */
  onSet: (row: Row, column: string, value: string) => void;
  /** Enter on a row's name. */
  onOpenRow: (row: Row) => void;
  /** Enter on a column's head. */
  onOpenColumn: (column: string) => void;
  /** Space on a column's head. */
  onToggleColumn: (column: string) => void;
  /** A letter on a column's head: gives the whole column a value. */
  onSetColumn: (column: string, value: string) => void;
  /** Hears where the cursor is. */
  onMove?: (row: Row | undefined, column: string | null) => void;
  /** Where the cursor is put from outside. */
  start?: Place | null;
  /** Where the first row whose name begins so stands; null where there is none. */
  findRow?: (text: string) => Promise<number | null>;
  empty: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
}

/** A matrix of any size: only what is in sight is asked for and drawn, in both directions. Arrows, Home, End, Page keys; Space or Enter goes through a cell's values, letters set them; on names, letters look for a row. On a column's head, Tab leads to its controls, Enter and Space do what they do, and letters set the column. */
export function CheckMatrix<Row>(props: CheckMatrixProps<Row>) {
  const { columns, values, start = null, onMove } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const pages = usePages(props.pageKey, props.loadPage);
  const total = pages.total ?? 0;
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const typed = useRef({ text: "", time: 0 });
  const place: Place = { row: Math.min(at.row, total - 1), column: Math.min(at.column, columns.length) };

  const down = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin: MATRIX_HEAD,
    scrollPaddingStart: MATRIX_HEAD,
    initialRect: { width: 1000, height: 600 },
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => box.current,
    estimateSize: () => CELL_WIDTH,
    overscan: 3,
    scrollMargin: NAME_WIDTH,
    scrollPaddingStart: NAME_WIDTH,
    initialRect: { width: 1000, height: 600 },
  });
  const rows = down.getVirtualItems();
  const shown = across.getVirtualItems();
  const { show } = pages;
  const [top, bottom] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  useEffect(() => show(top, bottom), [show, top, bottom]);

  const go = (next: Place) => {
    const to = { row: Math.max(-1, Math.min(next.row, total - 1)), column: Math.max(0, Math.min(next.column, columns.length)) };
    setAt(to);
    if (to.row >= 0) down.scrollToIndex(to.row, { align: "auto" });
    if (to.column > 0) across.scrollToIndex(to.column - 1, { align: "auto" });
  };
  // A place from outside (an address, a way back) is gone to once the rows are there.
  const wanted = start === null || total === 0 ? "" : `${start.row} ${start.column}`;
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  useEffect(() => {
    if (wanted !== "" && start !== null) latest.current(start);
    // oxlint-disable-next-line react/exhaustive-deps -- only another place moves the cursor
  }, [wanted]);

  const row = place.row < 0 ? undefined : pages.rowAt(place.row);
  const column = place.column === 0 ? null : (columns[place.column - 1]?.key ?? null);
  const heard = useRef(onMove);
  useEffect(() => {
    heard.current = onMove;
  });
  // Heard again when the row has been read anew: its rights may differ.
  useEffect(() => heard.current?.(row, column), [row, column]);

  const cycle = () => {
    if (row === undefined || column === null) return;
    const view = props.cell(row, column);
    const next = values[(values.findIndex((one) => one.value === view.value) + 1) % values.length];
    if (next && !view.locked) props.onSet(row, column, next.value);
  };
  const look = (letter: string) => {
    const now = Date.now();
    typed.current = { text: now - typed.current.time > TYPE_AHEAD_MS ? letter : typed.current.text + letter, time: now };
    void props.findRow?.(typed.current.text).then((found) => (found === null ? undefined : go({ ...place, row: found })), () => undefined);
  };
  const letter = (pressed: string) => {
    const set = values.find((one) => one.letter.toLowerCase() === pressed.toLowerCase());
    if (column === null || (place.row >= 0 && !set)) look(pressed);
    else if (place.row < 0) {
      if (set) props.onSetColumn(column, set.value);
    } else if (set && row !== undefined && !props.cell(row, column).locked) props.onSet(row, column, set.value);
  };
  const press = (event: KeyboardEvent) => {
    // What was tabbed to in a head is left with Esc; what floats above the matrix is none of its business.
    if (event.key === "Escape" && event.target !== event.currentTarget && event.currentTarget.contains(event.target as Node)) box.current?.focus();
    if (event.target !== event.currentTarget || event.altKey || event.metaKey) return;
    const pageRows = Math.max(Math.floor(((box.current?.clientHeight ?? 0) - MATRIX_HEAD) / ROW_HEIGHT) - 1, 1);
    const key = keyOf(event, place, { rows: total, columns: columns.length, pageRows });
    if (key === null) return;
    event.preventDefault();
    if (key.kind === "move") go(key.to);
    else if (key.kind === "letter") letter(key.letter);
    else if (place.row < 0 && column !== null) (key.enter ? props.onOpenColumn : props.onToggleColumn)(column);
    else if (column === null && row !== undefined) props.onOpenRow(row);
    else cycle();
  };

  /** A click goes to a cell; another one on it goes through its values. */
  const click = (event: MouseEvent) => {
    const [line, across] = (event.target as Element).closest("[data-place]")?.getAttribute("data-place")?.split(" ").map(Number) ?? [];
    if (line === undefined || across === undefined) return;
    if (line === place.row && across === place.column) cycle();
    else go({ row: line, column: across });
  };

  if (pages.error !== null && pages.total === null) return <div className={classes.empty}>{props.failed(pages.error, pages.retry)}</div>;
  const idOf = (where: Place) => `${id}-${where.row}-${where.column}`;
  const width = NAME_WIDTH + columns.length * CELL_WIDTH;
  return (
    <div
      ref={box}
      className={classes.box}
      role="grid"
      aria-label={props.label}
      aria-rowcount={pages.total === null ? -1 : total + 1}
      aria-colcount={columns.length + 1}
      aria-busy={pages.waiting}
      aria-activedescendant={idOf(place)}
      tabIndex={0}
      onKeyDown={press}
      onClick={click}
    >
      <div className={classes.canvas} role="rowgroup" style={{ width, height: MATRIX_HEAD + total * ROW_HEIGHT }}>
        <div className={classes.head} role="row" aria-rowindex={1}>
          <div className={classes.corner} role="columnheader" aria-colindex={1} style={{ width: NAME_WIDTH }} id={idOf({ row: -1, column: 0 })}>
            {props.corner}
          </div>
          {shown.map((item) => {
            const one = columns[item.index] as MatrixHeadCell;
            const where = { row: -1, column: item.index + 1 };
            const active = place.row === -1 && place.column === where.column;
            return <MatrixHead key={one.key} id={idOf(where)} index={where.column} left={item.start} width={CELL_WIDTH} active={active} column={one} />;
          })}
        </div>
        {rows.map((line) => {
          const one = pages.rowAt(line.index);
          return (
            <div key={line.index} className={classes.row} role="row" aria-rowindex={line.index + 2} data-current={line.index === place.row || undefined} style={{ transform: `translateY(${line.start}px)` }}>
              <div className={classes.name} role="rowheader" aria-colindex={1} id={idOf({ row: line.index, column: 0 })} data-active={(line.index === place.row && place.column === 0) || undefined} style={{ width: NAME_WIDTH }}>
                {one === undefined ? null : props.rowName(one)}
              </div>
              {shown.map((item) => {
                const head = columns[item.index] as MatrixHeadCell;
                const where = { row: line.index, column: item.index + 1 };
                const active = line.index === place.row && place.column === where.column;
                return (
                  <MatrixCell
                    key={head.key}
                    id={idOf(where)}
                    index={where.column}
                    left={item.start}
                    width={CELL_WIDTH}
                    active={active}
                    view={one === undefined ? { value: "" } : props.cell(one, head.key)}
                    label={one === undefined ? "" : `${props.rowLabel(one)}, ${head.label}`}
                    values={values}
                    wasLabel={props.wasLabel}
                    place={`${where.row} ${where.column}`}
                  />
                );
              })}
            </div>
          );
        })}
        {pages.total === 0 ? (
          <div role="row">
            <div role="gridcell">{props.empty}</div>
          </div>
        ) : null}
      </div>
    </div>
  );
}
