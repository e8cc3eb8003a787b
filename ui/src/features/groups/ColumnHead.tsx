import { Menu } from "@mantine/core";
import { ArrowDown, Check, ChevronDown, Lock, Minus } from "lucide-react";
import type { MatrixColumn, MatrixColumnEdit, MatrixQuery } from "@/bridge/types";
import { useWords } from "@/words";
import { ColumnEffect } from "./EffectText";
import { StopLine } from "./StopLine";
import { stateOf, useColumnCount, useStopping } from "./useColumn";
import { type ChooseColumn, columnEdit } from "./useColumnChoice";
import classes from "./GroupsMatrix.module.css";

// Not keys: the one that opens the menu from the grid would close it again.
const OUTSIDE = ["mousedown", "touchstart"];

interface ColumnHeadProps {
  column: MatrixColumn;
  /** The rows that match. */
  query: MatrixQuery;
  total: number;
  /** Whether the column's counts are there already. */
  counted: boolean;
  permissions: string[];
  /** Whether cells of the column are changed and not saved. */
  unsaved: boolean;
  /** Whether the cursor is here: then its controls can be tabbed to. */
  active: boolean;
  saving: boolean;
  onChoose: ChooseColumn;
  /** Whether the rows are ordered by this column. */
  sorted: boolean;
  onSort: () => void;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onOpenGroup: () => void;
  onSettings: () => void;
}

/** A group: its counts, a box that sets or clears it for all rows that match, and a menu with all that can be set. */
export function ColumnHead(props: ColumnHeadProps) {
  const { column, total, counted } = props;
  const { t, number } = useWords();
  const tab = props.active ? 0 : -1;
  if (column.always.length > 0) return <AlwaysHead column={column} tab={tab} onSettings={props.onSettings} />;
  const state = stateOf(column, total);
  const Mark = state === "all" ? Check : Minus;
  const toggling = t(state === "all" ? "matrix.clearColumn" : "matrix.setColumn", { group: column.name, permission: props.permissions[0] ?? "" });
  return (
    <>
      <span className={classes.tools}>
        <button
          type="button"
          tabIndex={tab}
          role="checkbox"
          className={classes.box}
          aria-checked={state === "some" ? "mixed" : state === "all"}
          aria-label={toggling}
          title={toggling}
          disabled={props.saving || props.unsaved || !counted || total === 0}
          onClick={() => void toggleColumn(props)}
        >
          {state === "none" ? null : <Mark size={11} strokeWidth={3} aria-hidden="true" />}
        </button>
        <Menu opened={props.opened} onChange={props.onOpened} clickOutsideEvents={OUTSIDE} position="bottom-start" width={400} returnFocus withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <button type="button" tabIndex={tab} className={classes.chevron} aria-label={t("matrix.columnMenu", { group: column.name })}>
              <ChevronDown size={12} strokeWidth={1.8} aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Entries {...props} />
          </Menu.Dropdown>
        </Menu>
      </span>
      <span className={classes.column} title={[column.name, ...column.queues].join("\n")}>
        {column.name}
        {props.sorted ? <ArrowDown size={11} strokeWidth={2.2} className={classes.sorted} aria-hidden="true" /> : null}
        {column.changed ? <i className={classes.changed} aria-hidden="true" /> : null}
      </span>
      <span className={classes.counts}>{counted ? countsText(column, number) : "…"}</span>
    </>
  );
}

/** How many rows have which right. */
export const countsText = (column: MatrixColumn, number: (count: number) => string): string => column.counts.map(([key, count]) => `${key} ${number(count)}`).join(" ");

/** What the box of a column does: clears it where all rows have a right, else gives the weakest one where there is none. */
export function toggleColumn({ column, total, permissions, onChoose }: Pick<ColumnHeadProps, "column" | "total" | "permissions" | "onChoose">): Promise<void> {
  const all = stateOf(column, total) === "all";
  return onChoose(column, all ? "" : (permissions[0] ?? ""), !all);
}

/** A group that everybody has: it cannot be changed here, but where it comes from can. */
function AlwaysHead({ column, tab, onSettings }: { column: MatrixColumn; tab: 0 | -1; onSettings: () => void }) {
  const { t } = useWords();
  const hint = t("matrix.alwaysHint", { settings: column.always.join(", ") });
  return (
    <>
      <button type="button" tabIndex={tab} className={classes.chevron} title={hint} aria-label={`${hint}. ${t("matrix.toSettings")}`} onClick={onSettings}>
        <Lock size={12} strokeWidth={1.8} aria-hidden="true" />
      </button>
      <span className={classes.column} title={hint}>{column.name}</span>
      <span className={classes.counts}>{t("matrix.always")}</span>
    </>
  );
}

function Entries(props: ColumnHeadProps) {
  const { column, permissions, total, query } = props;
  const { t, number } = useWords();
  const stopping = useStopping();
  const first = permissions[0] ?? "";
  const entries = ["", ...permissions].map((key) => ({ key, empty: false, label: key === "" ? t("matrix.setNone") : t("matrix.setTo", { permission: key }) }));
  return (
    <>
      <Menu.Label>
        {t(query.rows === "users" ? "matrix.columnOfUsers" : "matrix.columnOfAccounts", { group: column.name, count: total, number: number(total) })}
        {props.unsaved ? <span className={classes.unsaved}>{t("matrix.saveFirst")}</span> : null}
      </Menu.Label>
      {[...entries, { key: first, empty: true, label: t("matrix.setEmpty", { permission: first }) }].map(({ key, empty, label }) => (
        <Entry key={`${key} ${empty}`} label={label} edit={columnEdit(query, column.id, key, empty)} disabled={props.unsaved} stopped={stopping.stopped} onPick={() => void props.onChoose(column, key, empty)} />
      ))}
      <StopLine stopping={stopping} inMenu />
      <Menu.Divider />
      <Menu.Item onClick={props.onSort}>{t(props.sorted ? "matrix.sortByName" : query.rows === "users" ? "matrix.sortUsers" : "matrix.sortAccounts")}</Menu.Item>
      <Menu.Item onClick={props.onOpenGroup} rightSection={<span className={classes.told}>{t("matrix.queues", { count: column.queues.length })}</span>}>
        {t("matrix.openGroup", { group: column.name })}
      </Menu.Item>
    </>
  );
}

function Entry({ label, edit, disabled, stopped, onPick }: { label: string; edit: MatrixColumnEdit; disabled: boolean; stopped: boolean; onPick: () => void }) {
  const { number } = useWords();
  const count = useColumnCount(edit).data;
  return (
    <Menu.Item disabled={disabled || count === 0} onClick={onPick} rightSection={<span className={classes.told}>{count === 0 ? null : <ColumnEffect edit={edit} stopped={stopped} />}</span>}>
      {label} <span className={classes.number}>{count === undefined ? "" : number(count)}</span>
    </Menu.Item>
  );
}
