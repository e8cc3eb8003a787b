import { Button } from "@mantine/core";
import { Shield } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import type { MatrixColumn, MatrixHead, MatrixQuery, MatrixRow } from "@/bridge/types";
import { CheckMatrix } from "@/kit/CheckMatrix";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import type { Place } from "@/kit/matrixKeys";
import type { MatrixValue } from "@/kit/MatrixParts";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { CellPane } from "./CellPane";
import { ColumnHead, countsText, toggleColumn } from "./ColumnHead";
import { MatrixBar } from "./MatrixBar";
import { MatrixFoot } from "./MatrixFoot";
import { type Pending, cellKey, heldBy, strongest, withCell } from "./pending";
import { type Asked, Notice, ScreenMenu, SupportDialog } from "./Support";
import { useColumnChoice } from "./useColumnChoice";
import { useMatrixAbout, useMatrixHead, usePending } from "./useMatrix";
import classes from "./GroupsMatrix.module.css";

/** What the address holds: which rows, which filters, and the cell. */
export interface MatrixAddress {
  rows?: string;
  context?: string;
  q?: string;
  g?: string;
  /** `1`: only rows with a right. */
  with?: string;
  /** `1`: only groups on which a row has a right. */
  gwith?: string;
  /** Id of the group by whose rights the rows are ordered. */
  by?: string;
  /** Id of the row at which the cursor is. */
  at?: string;
  /** Id of the group at which it is. */
  col?: string;
}

interface GroupsMatrixProps {
  address: MatrixAddress;
  /** Hears what changes in the address as it is by then; what was before is not kept as a way back. */
  onAddress: (part: MatrixAddress) => void;
  /** Opens a person or an account. */
  onOpenRow: (rows: string, id: string) => void;
  /** Opens a group. */
  onOpenGroup: (id: string) => void;
  onSettings: () => void;
}

/** A letter for each permission: the first one that is not taken. */
function valuesOf(permissions: string[], none: string): MatrixValue[] {
  const values: MatrixValue[] = [{ value: "", label: none, letter: "N" }];
  for (const key of permissions) {
    const letter = [...key.toUpperCase()].find((one) => !values.some((value) => value.letter === one)) ?? "";
    values.push({ value: key, label: key, letter });
  }
  return values;
}

const failed = (error: unknown, retry: () => void) => <FailedState error={asApiError(error)} onRetry={retry} />;

/** The columns that are shown: by their names, and where wanted those with rights, given to everybody, or not saved yet. */
function shownColumns(head: MatrixHead | undefined, address: MatrixAddress, pending: Pending): MatrixColumn[] {
  const text = (address.g ?? "").toLowerCase();
  const unsaved = new Set([...pending.values()].map((one) => one.group));
  // Before they are counted nobody knows which have a right.
  const some = (one: MatrixColumn) => address.gwith !== "1" || !head?.counted || one.counts.length > 0 || one.always.length > 0 || unsaved.has(one.id);
  return (head?.columns ?? []).filter((one) => one.name.toLowerCase().includes(text) && some(one));
}

const ABOUT: MatrixQuery = { rows: "users" };

/** Rights on groups: people or accounts down, groups across. */
export function GroupsMatrix({ address, onAddress, onOpenRow, onOpenGroup, onSettings }: GroupsMatrixProps) {
  const { t, number } = useWords();
  // Not every desk gives rights to accounts.
  const ofAccounts = useMatrixAbout(ABOUT).data?.of_accounts ?? true;
  const rows = address.rows === "users" || !ofAccounts ? "users" : "accounts";
  const context = rows === "accounts" && address.context === "other" ? "other" : "same";
  const side = useMemo(() => ({ rows, context }), [rows, context]);
  const query: MatrixQuery = useMemo(
    () => ({ ...side, search: address.q ?? "", with_right: address.with === "1", by_group: address.by ?? "" }),
    [side, address.q, address.with, address.by],
  );
  const head = useMatrixHead(query).data;
  const { pending, change, save, saving } = usePending(side);
  const permissions = useMemo(() => head?.permissions ?? [], [head]);
  const values = useMemo(() => valuesOf(permissions, t("matrix.none")), [permissions, t]);
  const groups = shownColumns(head, address, pending);
  const byId = useMemo(() => new Map((head?.columns ?? []).map((one) => [one.id, one])), [head]);
  const [menu, setMenu] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [here, setHere] = useState<{ row: MatrixRow; group: string } | null>(null);
  const [paneOpen, setPaneOpen] = useState(true);
  const start = useStart(query, address, groups);
  const loadPage = useCallback((offset: number, limit: number) => api.matrixPage(query, offset, limit), [query]);

  const top = permissions.at(-1) ?? "";
  const cell = (row: MatrixRow, group: string) => {
    if (byId.get(group)?.always.length) return { value: top, locked: true };
    const held = heldBy(row, group);
    const edit = pending.get(cellKey(row.id, group));
    const value = strongest(edit?.permissions ?? held, permissions);
    const marked = row.cells.some((one) => one.group === group && one.changed);
    return { value, was: strongest(held, permissions), strong: value === top && value !== "", marked };
  };
  const { choose, saving: savingColumn } = useColumnChoice(query, head?.total ?? 0);
  const unsavedIn = (group: string) => [...pending.values()].some((one) => one.group === group);
  /** Does something to a whole column, unless something stands in the way: that is said. */
  const onColumn = (group: string, run: (column: MatrixColumn) => Promise<void>) => {
    const column = byId.get(group);
    if (!column || savingColumn) return;
    if (column.always.length > 0) toasts.done(t("matrix.alwaysHint", { settings: column.always.join(", ") }));
    else if (unsavedIn(group)) toasts.failed(t("matrix.saveFirst"));
    else void run(column);
  };
  const headOf = (column: MatrixColumn) => (active: boolean) => (
    <ColumnHead
      active={active}
      saving={savingColumn}
      onChoose={choose}
      sorted={address.by === column.id}
      onSort={() => onAddress({ by: address.by === column.id ? "" : column.id })}
      column={column}
      query={query}
      counted={head?.counted ?? false}
      total={head?.total ?? 0}
      permissions={permissions}
      unsaved={unsavedIn(column.id)}
      opened={menu === column.id}
      onOpened={(opened) => setMenu(opened ? column.id : null)}
      onOpenGroup={() => onOpenGroup(column.id)}
      onSettings={onSettings}
    />
  );
  const name = (row: MatrixRow) => (
    <>
      <span className={classes.clip} title={row.key}>
        <span className={classes.given}>{row.first_name}</span> <span className={classes.family}>{row.name}</span>
      </span>
      {rows === "accounts" ? <span className={classes.people}>{number(row.people)}</span> : null}
    </>
  );
  const move = (row: MatrixRow | undefined, group: string | null) => {
    setHere(row && group ? { row, group } : null);
    if (row && (row.id !== address.at || (group ?? "") !== (address.col ?? ""))) onAddress({ at: row.id, col: group ?? "" });
  };
  const set = (row: MatrixRow, group: string, value: string) => change(withCell(pending, row, group, value, permissions));
  const hereColumn = here ? byId.get(here.group) : undefined;
  const support = head?.support;
  if (head && head.columns.length === 0) {
    return (
      <EmptyState icon={Shield} title={t("matrix.noGroups")}>
        {t("matrix.noGroupsText")}
      </EmptyState>
    );
  }
  return (
    <div className={classes.screen}>
      <MatrixBar address={address} side={side} ofAccounts={ofAccounts} head={head} columns={groups.length} onGo={onAddress}>
        {here && !paneOpen ? <Button variant="default" onClick={() => setPaneOpen(true)}>{t("matrix.showCell")}</Button> : null}
        <ScreenMenu support={head?.support ?? null} onAsk={setAsked} onSettings={onSettings} />
      </MatrixBar>
      {support?.on === false ? <Notice text={t("matrix.support")} action={t("matrix.turnOnEntry")} onAction={() => setAsked({ setting: support.setting, on: true })} /> : null}
      {context === "other" && head?.other_context?.on === false ? <Notice text={t("matrix.otherOff")} action={t("matrix.toSettings")} onAction={onSettings} /> : null}
      <div className={classes.body}>
        <CheckMatrix<MatrixRow>
          label={t("matrix.title")}
          corner={t(`matrix.${rows}`)}
          columns={groups.map((one) => ({ key: one.id, label: one.name, said: countsText(one, number), sorted: one.id === address.by, head: headOf(one) }))}
          pageKey={["users", "matrix", "page", query]}
          loadPage={loadPage}
          rowId={(row) => row.id}
          rowLabel={(row) => `${row.first_name} ${row.name}`.trim()}
          rowName={name}
          cell={cell}
          values={values}
          wasLabel={(was) => t("matrix.was", { was })}
          onSet={set}
          onOpenRow={(row) => onOpenRow(rows, row.id)}
          onOpenColumn={setMenu}
          onToggleColumn={(group) => onColumn(group, (column) => (head?.counted ? toggleColumn({ column, total: head?.total ?? 0, permissions, onChoose: choose }) : Promise.resolve()))}
          onSetColumn={(group, value) => onColumn(group, (column) => choose(column, value, false))}
          onMove={move}
          start={start}
          findRow={(text) => api.matrixPlace(query, { text })}
          empty={<EmptyState icon={Shield} title={t("matrix.noRows")} />}
          failed={failed}
        />
        {here && hereColumn && paneOpen ? (
          <CellPane
            side={side}
            row={here.row}
            column={hereColumn}
            values={values}
            permissions={permissions}
            pending={pending}
            onSet={(value) => set(here.row, here.group, value)}
            onOpenRow={() => onOpenRow(rows, here.row.id)}
            onOpenGroup={() => onOpenGroup(here.group)}
            onSettings={onSettings}
            onClose={() => setPaneOpen(false)}
          />
        ) : null}
      </div>
      <MatrixFoot side={side} pending={pending} saving={saving} letters={values.map((one) => one.letter).join(", ")} onDiscard={() => change(new Map())} onSave={save} />
      <SupportDialog asked={asked} onClose={() => setAsked(null)} />
    </div>
  );
}

/** Where the cell of the address stands; looked up once, when the screen opens. */
function useStart(query: MatrixQuery, address: MatrixAddress, groups: MatrixColumn[]): Place | null {
  const [row, setRow] = useState<number | null>(null);
  const [first] = useState(address);
  useEffect(() => {
    if (first.at) void api.matrixPlace(query, { id: first.at }).then(setRow, () => undefined);
    // oxlint-disable-next-line react/exhaustive-deps -- only where one comes from counts
  }, []);
  const column = groups.findIndex((one) => one.id === first.col) + 1;
  return useMemo(() => (row === null || groups.length === 0 ? null : { row, column }), [row, column, groups.length]);
}
