import { useMemo } from "react";
import type { DeskForm, FieldInfo, ListColumn, RecordRow } from "@/bridge/types";
import type { TableColumn } from "@/kit/tableColumns";
import { recordHref, usageHref } from "./paths";
import type { RecordWords } from "./useRecordWords";
import { textOf } from "./values";
import classes from "./Records.module.css";

/** Fields that the name already says, or that are too long for a column: shown when they are chosen. */
const UNLISTED = ["title", "first_name", "last_name", "description", "status", "street", "zip", "country", "url"];
/** Fields that are links, or stand in the first column. */
const APART = ["levels", "many", "rights"];

const fieldsOf = (entity: string, desk: DeskForm): FieldInfo[] => desk.entities.find((form) => form.entity === entity)?.fields ?? [];

/** The columns of a list: name, the fields that the desk knows, what uses the record, rights; the first of them stand there at the beginning. */
export function useRecordColumns(entity: string, desk: DeskForm, words: RecordWords): TableColumn<RecordRow>[] {
  return useMemo(() => {
    const known = fieldsOf(entity, desk).filter((field) => field.known && field.name !== "name" && !APART.includes(field.kind));
    const rights: TableColumn<RecordRow>[] =
      entity === "account" ? [{ key: "rights", title: words.many("permission_group"), min: 130, grow: 3, priority: 5, sortable: true, cell: (row) => <Rights row={row} /> }] : [];
    const of = (field: FieldInfo, place: number, optional: boolean): TableColumn<RecordRow> => ({
      key: field.name,
      title: words.field(entity, field.name),
      min: field.kind === "flag" ? 90 : 100,
      grow: field.kind === "flag" ? 0 : 2,
      priority: 3 + place,
      optional,
      sortable: true,
      cell: (row) => <Cell row={row} field={field} words={words} />,
    });
    return [
      { key: "name", title: words.t("records.name"), min: 150, grow: 4, priority: 0, sortable: true, cell: (row: RecordRow) => <Name row={row} words={words} /> },
      ...known.filter(({ name }) => !UNLISTED.includes(name)).map((field, place) => of(field, place, false)),
      { key: "used", title: words.t("records.usedBy"), min: 120, grow: 2, priority: 2, sortable: true, cell: (row: RecordRow) => <Used row={row} words={words} /> },
      ...rights,
      ...known.filter(({ name }) => UNLISTED.includes(name)).map((field) => of(field, 5, true)),
      {
        key: "changed", title: words.t("lists.changed"), min: 110, grow: 0, priority: 5, optional: true, sortable: true,
        cell: (row: RecordRow) => <span className={classes.quiet}>{row.changed ? words.t("lists.changedYes") : ""}</span>,
      },
    ];
  }, [entity, desk, words]);
}

/** What a value of a field that holds one of some words is called. */
function wordOf(field: FieldInfo, value: string, words: RecordWords): string {
  return value === "" ? "" : words.tOr(`records.${field.kind === "status" ? "status" : "choice"}.${value}`, value);
}

/** Columns as they are written into a file: their headings, and their values in words. */
export function fileColumns(columns: TableColumn<RecordRow>[], entity: string, desk: DeskForm, words: RecordWords): ListColumn[] {
  const fields = fieldsOf(entity, desk);
  const wordsOf = (key: string): [string, string][] => {
    if (key === "changed") return [["changed", words.t("lists.changedYes")]];
    const field = fields.find(({ name }) => name === key);
    if (field?.kind === "flag") return [["yes", words.t("records.yes")], ["no", words.t("records.no")]];
    if (field?.kind === "status") return desk.statuses.map((value) => [value, wordOf(field, value, words)]);
    return field?.kind === "choice" ? field.choices.map((value) => [value, wordOf(field, value, words)]) : [];
  };
  return columns.map(({ key, title }) => ({ key, title, words: wordsOf(key) }));
}

function Name({ row, words }: { row: RecordRow; words: RecordWords }) {
  const doubt = !row.present ? words.t("records.noRecord") : row.status !== "" && row.status !== "valid" ? words.tOr(`records.status.${row.status}`, row.status) : null;
  return (
    <span title={row.name || row.key}>
      <span className={classes.name}>{row.name || row.key}</span>
      {doubt ? <span className={classes.doubt}>{doubt}</span> : null}
    </span>
  );
}

function Cell({ row, field, words }: { row: RecordRow; field: FieldInfo; words: RecordWords }) {
  const value = row.values[field.name];
  if (field.kind === "flag") return <span className={classes.quiet}>{words.t(value === true ? "records.yes" : "records.no")}</span>;
  if (field.kind === "one") {
    const name = row.names[field.name];
    if (!name) return null;
    return <a href={recordHref(field.entity, textOf(value))} className={classes.link} title={name} onClick={(event) => event.stopPropagation()}>{name}</a>;
  }
  const text = ["choice", "status"].includes(field.kind) ? wordOf(field, textOf(value), words) : textOf(value);
  return <span className={field.kind === "code" ? classes.mono : classes.quiet} title={text}>{text}</span>;
}

/** How many use it, by kind; each count leads to them where a list can show them. */
function Used({ row, words }: { row: RecordRow; words: RecordWords }) {
  return (
    <span className={classes.counts}>
      {row.used.map((use) => {
        const text = `${words.number(use.total)} ${use.total === 1 ? words.one(use.entity) : words.many(use.entity)}`;
        const href = usageHref(use.entity, use.field, row.id);
        const title = words.field(use.entity, use.field);
        const key = `${use.entity} ${use.field}`;
        if (href === null) return <span key={key} title={title} className={classes.quiet}>{text}</span>;
        return <a key={key} href={href} title={title} className={classes.link} onClick={(event) => event.stopPropagation()}>{text}</a>;
      })}
    </span>
  );
}

/** The rights of an account on groups. */
function Rights({ row }: { row: RecordRow }) {
  const text = row.rights.map((right) => `${right.name} ${right.right}`).join(", ");
  return <span className={classes.quiet} title={text}>{text}</span>;
}
