import { Checkbox } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useWords } from "@/words";
import type { Sort, TableColumn } from "./tableColumns";
import type { SelectionOf } from "./useGridKeys";
import classes from "./DataTable.module.css";

interface DataTableHeadProps<Row> {
  columns: TableColumn<Row>[];
  grid: string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** How much of what is shown is selected; `null` where nothing can be. */
  selection: SelectionOf | null;
  onToggleAll: () => void;
}

/** The sticky head: headings that sort, and the checkbox for all rows shown. */
export function DataTableHead<Row>({ columns, grid, sort, onSort, selection, onToggleAll }: DataTableHeadProps<Row>) {
  const { t } = useWords();
  return (
    <div className={classes.headGroup} role="rowgroup">
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: grid }}>
        {selection === null ? null : (
          <div role="columnheader" className={classes.check}>
            <Checkbox
              checked={selection === "all"}
              indeterminate={selection === "some"}
              onChange={onToggleAll}
              aria-label={t("kit.selectAll")}
            />
          </div>
        )}
        {columns.map((column, place) => (
          <HeadCell key={column.key} column={column} first={place === 0} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
}

interface HeadCellProps<Row> {
  column: TableColumn<Row>;
  /** Whether it names the rows. */
  first: boolean;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
}

function HeadCell<Row>({ column, first, sort, onSort }: HeadCellProps<Row>) {
  const sorted = sort?.key === column.key;
  const direction = sorted && sort?.descending ? "descending" : "ascending";
  const Arrow = direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      className={first ? `${classes.headCell} ${classes.name}` : classes.headCell}
      data-align={column.align}
      aria-sort={sorted ? direction : column.sortable ? "none" : undefined}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          className={classes.sort}
          data-sorted={sorted || undefined}
          onClick={() => onSort({ key: column.key, descending: sorted && !sort?.descending })}
        >
          <span className={classes.clip}>{column.title}</span>
          {sorted ? <Arrow size={12} strokeWidth={1.8} aria-hidden="true" /> : null}
        </button>
      ) : (
        <span className={classes.clip}>{column.title}</span>
      )}
    </div>
  );
}
