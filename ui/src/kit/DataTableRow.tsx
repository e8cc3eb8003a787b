import { Checkbox } from "@mantine/core";
import type { MouseEvent } from "react";
import { useWords } from "@/words";
import { ROW_HEIGHT } from "./tableMeasures";
import type { TableColumn } from "./tableColumns";
import classes from "./DataTable.module.css";

interface DataTableRowProps<Row> {
  id: string;
  /** Its place in the whole list, from 0. */
  index: number;
  /** `undefined` while it is not there yet. */
  row: Row | undefined;
  columns: TableColumn<Row>[];
  grid: string;
  /** Where the keys are. */
  active: boolean;
  /** Open beside the table. */
  open: boolean;
  /** `null` where rows cannot be selected. */
  selected: boolean | null;
  /** What the dot means; `null` for none. */
  mark: string | null;
  onPress: (event: MouseEvent) => void;
  onCheck: (event: MouseEvent) => void;
}

/** What does not fit into a cell is told when it is pointed at. */
function tellWhole({ currentTarget: cell }: MouseEvent<HTMLElement>) {
  cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText : "";
}

/** A row at its place in the list; bars stand for cells that are not there yet. */
export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { id, index, row, columns, grid, active, open, selected, mark, onPress, onCheck } = props;
  const { t } = useWords();
  return (
    // The grid itself takes the keys: focus would be lost with a row that scrolls out of sight.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected === null ? open : selected}
      aria-current={open || undefined}
      className={classes.row}
      data-active={active || undefined}
      data-open={open || undefined}
      data-selected={selected || undefined}
      style={{ gridTemplateColumns: grid, transform: `translateY(${index * ROW_HEIGHT}px)` }}
      onClick={onPress}
    >
      {mark === null ? null : <span className={classes.dot} title={mark} />}
      {selected === null ? null : (
        <div role="gridcell" className={classes.check}>
          <Checkbox
            tabIndex={-1}
            checked={selected}
            readOnly
            aria-label={t("kit.selectRow", { row: index + 1 })}
            onClick={(event) => {
              event.stopPropagation();
              onCheck(event);
            }}
          />
        </div>
      )}
      {columns.map((column, place) => (
        // eslint-disable-next-line jsx-a11y/interactive-supports-focus
        <div key={column.key} role="gridcell" className={place === 0 ? `${classes.cell} ${classes.name}` : classes.cell} data-align={column.align} onMouseEnter={tellWhole}>
          {row === undefined ? <span className={classes.bar} /> : column.cell(row)}
          {place === 0 && mark !== null ? <span className={classes.heard}>{mark}</span> : null}
        </div>
      ))}
    </div>
  );
}
