import { Check } from "lucide-react";
import { useMemo } from "react";
import { useDeskForm } from "@/bridge/reads";
import type { DeskForm, FieldInfo, ListColumn, UserRow } from "@/bridge/types";
import type { TableColumn } from "@/kit/tableColumns";
import { showDay } from "@/kit/days";
import { type DeskWords, useDeskWords } from "@/bridge/deskWords";
import classes from "./UserList.module.css";

/** Fields that have a column of their own at the beginning, or are nothing to read in a list. */
const APART = ["login", "account", "status", "password", "custom"];
const COUNTED = ["many", "rights", "levels"];

const optional = { grow: 2, priority: 5, optional: true, sortable: true } as const;

/** What a further column of a row holds; empty for nothing. */
function cellOf(row: UserRow, key: string): string {
  const own: Record<string, string> = { first_name: row.first_name, last_name: row.last_name, email: row.email, account_key: row.account_key };
  return own[key] ?? row.more[key] ?? "";
}

function quiet(text: string, code = false) {
  return (
    <span className={code ? classes.login : classes.quiet} title={text}>
      {text}
    </span>
  );
}

/** The column of a field of the form. */
function columnOf({ name, kind }: FieldInfo, { t, d, number, language }: DeskWords): TableColumn<UserRow> {
  const title = d(`field.${name}`);
  if (COUNTED.includes(kind)) {
    return { ...optional, key: name, title, min: 84, grow: 0, align: "end", cell: (row) => quiet(number(Number(cellOf(row, name) || 0))) };
  }
  if (kind === "flag") {
    const yes = <Check size={14} strokeWidth={2.2} role="img" aria-label={t("lists.yes")} />;
    return { ...optional, key: name, title, min: 84, grow: 0, cell: (row) => (cellOf(row, name) === "" ? null : yes) };
  }
  if (kind === "date") {
    return { ...optional, key: name, title, min: 96, grow: 0, cell: (row) => quiet(showDay(cellOf(row, name), language)) };
  }
  const wide = kind === "email" || kind === "long";
  return { ...optional, key: name, title, min: wide ? 170 : 130, cell: (row) => quiet(cellOf(row, name), kind === "code") };
}

/** The columns of the list of people: those it begins with, and one for each field that the desk knows. */
export function useUserColumns(): TableColumn<UserRow>[] {
  const words = useDeskWords();
  const fields = useDeskForm().data?.user.fields;
  return useMemo(() => {
    const { t, d, dHas } = words;
    const knows = (name: string) => (fields ?? []).some((field) => field.name === name && field.known);
    // A desk without family names knows people by their title.
    const named = fields === undefined || knows("last_name") ? t("users.column.name") : d("field.title");
    // The login leaves first where it is narrow: the search still finds it.
    const first: TableColumn<UserRow>[] = [
      { key: "name", title: named, min: 150, grow: 4, priority: 0, sortable: true, cell: (row) => <Name row={row} /> },
      { key: "login", title: d("field.login"), min: 118, grow: 3, priority: 3, sortable: true, cell: (row) => quiet(row.login, true) },
      { key: "account", title: d("field.account"), min: 110, grow: 3, priority: 2, sortable: true, cell: (row) => quiet(row.account) },
      { key: "status", title: d("field.status"), min: 78, grow: 0, priority: 1, sortable: true, cell: (row) => <Status status={row.status} /> },
    ];
    const known = (fields ?? []).filter(({ name, known: of }) => of && !APART.includes(name) && dHas(`field.${name}`));
    const accountKey: TableColumn<UserRow> = { ...optional, key: "account_key", title: t("lists.account_key"), min: 110, cell: (row) => quiet(row.account_key, true) };
    const accounts = fields === undefined || knows("account");
    return [
      ...first.filter(({ key }) => accounts || key !== "account"),
      ...known.map((field) => columnOf(field, words)),
      ...(accounts ? [accountKey] : []),
      { ...optional, key: "changed", title: t("lists.changed"), min: 110, grow: 0, cell: (row) => quiet(row.changed ? t("lists.changedYes") : "") },
    ];
  }, [words, fields]);
}

/** Columns as they are written into a file: their headings, and their values in words. */
export function fileColumns(columns: TableColumn<UserRow>[], form: DeskForm | undefined, { t, status }: DeskWords): ListColumn[] {
  const flags = (form?.user.fields ?? []).filter(({ kind }) => kind === "flag").map(({ name }) => name);
  return columns.map(({ key, title }): ListColumn => {
    if (key === "name") return { key, title: t("lists.name"), words: [] };
    if (key === "changed") return { key, title, words: [["changed", t("lists.changedYes")]] };
    if (key === "status") {
      return { key, title, words: (form?.statuses ?? []).map((value) => [value, capital(status(value))]) };
    }
    return { key, title, words: flags.includes(key) ? [["yes", t("lists.yes")]] : [] };
  });
}

/** Given name grey, surname strong: so the sort shows. */
function Name({ row }: { row: UserRow }) {
  const full = `${row.first_name} ${row.last_name}`.trim();
  const title = full === "" ? row.more["title"] : undefined;
  if (title) return <span className={classes.surname} title={title}>{title}</span>;
  if (full === "") return <span className={classes.login}>{row.login}</span>;
  return (
    <span title={full}>
      <span className={classes.given}>{row.first_name}</span> <span className={classes.surname}>{row.last_name}</span>
    </span>
  );
}

/** With a capital at the front, for headings and cells. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

function Status({ status }: { status: string }) {
  const words = useDeskWords();
  return (
    <span className={classes.status} data-status={status} title={words.status(status)}>
      {capital(words.dHas(`statusShort.${status}`) ? words.d(`statusShort.${status}`) : words.status(status))}
    </span>
  );
}
