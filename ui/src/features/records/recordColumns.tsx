import { useMemo } from "react";
import type { DeskForm, FieldInfo, RecordRow } from "@/bridge/types";
import type { TableColumn } from "@/kit/tableColumns";
import { recordHref, usageHref } from "./paths";
import type { RecordWords } from "./useRecordWords";
import { textOf } from "./values";
import classes from "./Records.module.css";

/** Fields that the name already says, or that are too long for a column. */
const UNLISTED = ["name", "title", "first_name", "last_name", "description", "status", "street", "zip", "country", "url"];

/** The columns of a list: name, the fields that the desk knows, what uses the record, status. */
export function useRecordColumns(entity: string, desk: DeskForm, words: RecordWords): TableColumn<RecordRow>[] {
  return useMemo(() => {
    const fields = desk.entities.find((form) => form.entity === entity)?.fields ?? [];
    const listed = fields.filter((field) => field.known && !UNLISTED.includes(field.name) && !["levels", "many", "rights"].includes(field.kind));
    const rights: TableColumn<RecordRow>[] = entity === "account" ? [{ key: "rights", title: words.many("permission_group"), min: 130, grow: 3, priority: 5, cell: (row) => <Rights row={row} /> }] : [];
    return [
      { key: "name", title: words.t("records.name"), min: 150, grow: 4, priority: 0, sortable: true, cell: (row: RecordRow) => <Name row={row} words={words} /> },
      ...listed.map((field, place): TableColumn<RecordRow> => ({
        key: field.name,
        title: words.field(entity, field.name),
        min: field.kind === "flag" ? 90 : 100,
        grow: field.kind === "flag" ? 0 : 2,
        priority: 3 + place,
        sortable: true,
        cell: (row) => <Cell row={row} field={field} words={words} />,
      })),
      { key: "used", title: words.t("records.usedBy"), min: 120, grow: 2, priority: 2, cell: (row: RecordRow) => <Used row={row} words={words} /> },
      ...rights,
    ];
  }, [entity, desk, words]);
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
  const text = field.kind === "choice" ? words.tOr(`records.choice.${textOf(value)}`, textOf(value)) : textOf(value);
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
