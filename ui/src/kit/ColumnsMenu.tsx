import { ActionIcon, Button, Checkbox, Popover, TextInput, Tooltip } from "@mantine/core";
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useWords } from "@/words";
import { type ColumnChoice, canLeave, movedColumn, shownKeys, toggledColumn } from "./columnChoice";
import type { TableColumn } from "./tableColumns";
import { useListFocus } from "./useListFocus";
import classes from "./ColumnsMenu.module.css";

interface ColumnsMenuProps<Row> {
  /** All columns there are. */
  columns: readonly TableColumn<Row>[];
  /** Which are shown, in order. */
  choice: ColumnChoice;
  /** Hears of another choice; `null` is the one at the beginning. */
  onChoice: (choice: ColumnChoice) => void;
}

/** With more columns than this there is a field to look for one. */
const MANY = 12;

/** Chooses which columns a table shows, and in which order. Space shows or hides one, Alt with arrows moves it. */
export function ColumnsMenu<Row>({ columns, choice, onChoice }: ColumnsMenuProps<Row>) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={280} opened={open} onChange={setOpen}>
      <Popover.Target>
        <Tooltip label={t("lists.columns")}>
          <ActionIcon aria-label={t("lists.columns")} onClick={() => setOpen((before) => !before)}>
            <Columns3 size={16} strokeWidth={1.6} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t("lists.columns")}>
        <Columns columns={columns} choice={choice} onChoice={onChoice} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Columns<Row>({ columns, choice, onChoice }: ColumnsMenuProps<Row>) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const { listProps, tabIndexOf, onFieldKeyDown } = useListFocus<HTMLDivElement>();
  const shown = shownKeys(columns, choice);
  const wanted = text.trim().toLocaleLowerCase();
  const hidden = columns.filter((column) => !shown.includes(column.key)).map((column) => column.key);
  const listed = [...shown, ...hidden]
    .flatMap((key) => columns.filter((column) => column.key === key))
    .filter((column) => column.title.toLocaleLowerCase().includes(wanted));

  const move = (column: TableColumn<Row>, by: -1 | 1) => {
    const moved = movedColumn(shown, column.key, by);
    onChoice(moved);
    setSaid(t("lists.columnMoved", { name: column.title, place: moved.indexOf(column.key) + 1, of: moved.length }));
  };
  const onKeyDown = (event: KeyboardEvent, column: TableColumn<Row>) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    if (shown.includes(column.key)) move(column, event.key === "ArrowUp" ? -1 : 1);
  };

  return (
    <>
      {columns.length > MANY ? (
        <TextInput
          data-autofocus
          aria-label={t("lists.columnsFilter")}
          placeholder={t("lists.columnsFilter")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onFieldKeyDown}
        />
      ) : null}
      <div {...listProps} className={classes.list} role="group" aria-label={t("lists.columns")}>
        {listed.map((column, place) => {
          const at = shown.indexOf(column.key);
          return (
            <div key={column.key} className={classes.item} data-shown={at >= 0 || undefined}>
              <label className={classes.name}>
                <Checkbox
                  tabIndex={tabIndexOf(place, listed.length)}
                  checked={at >= 0}
                  // Not disabled: the keyboard has to be able to move it.
                  aria-disabled={!canLeave(column)}
                  onChange={() => canLeave(column) && onChoice(toggledColumn(shown, column.key))}
                  onKeyDown={(event) => onKeyDown(event, column)}
                  aria-label={column.title}
                  aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                />
                <span className={classes.title}>{column.title}</span>
              </label>
              {at < 0 ? null : (
                <>
                  <ActionIcon size={20} tabIndex={-1} disabled={at === 0} aria-label={t("lists.columnUp", { name: column.title })} onClick={() => move(column, -1)}>
                    <ArrowUp size={13} strokeWidth={1.6} aria-hidden="true" />
                  </ActionIcon>
                  <ActionIcon size={20} tabIndex={-1} disabled={at === shown.length - 1} aria-label={t("lists.columnDown", { name: column.title })} onClick={() => move(column, 1)}>
                    <ArrowDown size={13} strokeWidth={1.6} aria-hidden="true" />
                  </ActionIcon>
                </>
              )}
            </div>
          );
        })}
        {listed.length === 0 ? <p className={classes.none}>{t("kit.nothingFound")}</p> : null}
      </div>
      <div className={classes.foot}>
        <span className={classes.hint}>{t("lists.columnsHint")}</span>
        <Button variant="subtle" disabled={choice === null} onClick={() => onChoice(null)}>
          {t("lists.columnsReset")}
        </Button>
      </div>
      <div role="status" className={classes.heard}>
        {said}
      </div>
    </>
  );
}
