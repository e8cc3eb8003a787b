import { Button, Select } from "@mantine/core";
import { memo, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { ColumnOrigin } from "@/bridge/types";
import { Segments } from "@/kit/Segments";
import { SearchField } from "@/kit/SearchField";
import { VerdictIcon } from "@/kit/VerdictIcon";
import type { Column } from "./tableMapping";
import type { Table } from "./useTable";
import type { TableWords } from "./useTableWords";
import classes from "./TableStep.module.css";

/** From how many columns on they are searched and filtered. */
const MANY = 16;
/** How many columns are drawn at once. */
const STEP = 50;

type Shown = "all" | "read" | "left";

interface ColumnListProps {
  table: Table;
  words: TableWords;
  disabled: boolean;
  /** What is to be said of all of them. */
  head: ReactNode;
}

/** Every column with what stands in it and what it is taken for. */
export function ColumnList({ table, words, disabled, head }: ColumnListProps) {
  const { t, number } = words;
  const { columns } = table;
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const [most, setMost] = useState(STEP);
  const read = columns.filter((column) => column.field !== "").length;
  const part: Record<Shown, (column: Column) => boolean> = { all: () => true, read: ({ field }) => field !== "", left: ({ field }) => field === "" };
  const sought = search.trim().toLowerCase();
  const listed = columns.filter((column) => part[shown](column) && (sought === "" || column.heading.toLowerCase().includes(sought)));
  const fields = table.look?.fields;
  // What is typed into a field stays only while its choices are the same ones.
  const options = useMemo(() => optionsOf(fields ?? [], table.entity, words), [fields, table.entity, words]);
  const next = Math.min(STEP, listed.length - most);
  const latest = useRef(table);
  useEffect(() => {
    latest.current = table;
  });
  return (
    <section className={classes.columns} aria-label={t("table.columns")}>
      <h2 className={classes.heading}>
        {t("table.columns")} <span className={classes.count}>{t("table.readOf", { count: columns.length, read: number(read), number: number(columns.length) })}</span>
      </h2>
      {head}
      <Demands table={table} words={words} />
      {columns.length >= MANY ? (
        <div className={classes.tools}>
          <SearchField label={t("table.search")} value={search} onChange={setSearch} />
          <Segments<Shown>
            name="table-columns"
            label={t("table.shown")}
            value={shown}
            onChange={setShown}
            segments={[
              { value: "all", label: t("table.show.all", { number: number(columns.length) }) },
              { value: "read", label: t("table.show.read", { number: number(read) }) },
              { value: "left", label: t("table.show.left", { number: number(columns.length - read) }) },
            ]}
          />
        </div>
      ) : null}
      {listed.length === 0 ? <p className={classes.waiting}>{t("table.noneFound")}</p> : null}
      <ul className={classes.list}>
        {listed.slice(0, most).map((column) => (
          <ColumnLine
            key={column.heading}
            heading={column.heading}
            field={column.field}
            origin={column.origin}
            samples={column.samples.join(" · ")}
            latest={latest}
            words={words}
            options={options}
            disabled={disabled}
          />
        ))}
      </ul>
      {listed.length > most ? (
        <Button variant="default" className={classes.more} onClick={() => setMost(most + STEP)}>
          {t("table.more", { count: next, number: number(next) })}
        </Button>
      ) : null}
    </section>
  );
}

interface Option {
  value: string;
  label: string;
}

function optionsOf(fields: readonly string[], entity: string, words: TableWords): Option[] {
  return [{ value: "", label: words.t("table.leaveOut") }, ...fields.map((field) => ({ value: field, label: words.field(entity, field) }))];
}

interface ColumnLineProps {
  heading: string;
  field: string;
  origin: ColumnOrigin;
  samples: string;
  /** The table as it is now; not the table itself, with which every line would be drawn anew. */
  latest: RefObject<Table>;
  words: TableWords;
  options: Option[];
  disabled: boolean;
}

/** One column. Of hundreds, only those are drawn anew that a choice changed. */
const ColumnLine = memo(function ColumnLine({ heading, field, origin, samples, latest, words, options, disabled }: ColumnLineProps) {
  const { t } = words;
  const input = useRef<HTMLInputElement>(null);
  // What is typed takes the place of the name that stands there.
  const select = () => {
    if (document.activeElement === input.current) input.current?.select();
  };
  const holder = (value: string) => (value === "" ? undefined : latest.current.columns.find((other) => other.field === value && other.heading !== heading));
  return (
    <li className={classes.line} data-left={field === "" || undefined}>
      <div className={classes.what}>
        <span className={classes.name} title={heading}>
          {heading}
        </span>
        <span className={classes.samples} title={samples}>
          {samples || t("table.empty")}
        </span>
      </div>
      <div className={classes.taken}>
        <Select
          aria-label={t("table.fieldOf", { heading })}
          searchable
          // Hundreds of these stand there, and one is open.
          comboboxProps={{ keepMounted: false }}
          allowDeselect={false}
          disabled={disabled}
          value={field}
          data={options}
          nothingFoundMessage={t("table.noField")}
          ref={input}
          selectFirstOptionOnChange
          onFocus={select}
          onDropdownClose={() => setTimeout(select, 0)}
          onChange={(value) => value !== null && latest.current.choose(heading, value)}
          renderOption={({ option }) => {
            const other = holder(option.value);
            return (
              <span className={classes.option}>
                <span>{option.label}</span>
                {other ? <span className={classes.holder}>{t("table.now", { heading: other.heading })}</span> : null}
              </span>
            );
          }}
        />
        <span className={classes.origin}>{t(`table.origin.${origin}`)}</span>
      </div>
    </li>
  );
});

/** What the columns must have, and what new records would lack. */
function Demands({ table, words }: Pick<ColumnListProps, "table" | "words">) {
  const { t } = words;
  const { look, key, half, lacking, wanted, entity } = table;
  const names = (fields: readonly string[]) => fields.map((field) => words.field(entity, field));
  const or = new Intl.ListFormat(words.language, { type: "disjunction" });
  const and = new Intl.ListFormat(words.language, { type: "conjunction" });
  return (
    <>
      {key === null ? (
        <p className={classes.blocked} role="alert">
          <VerdictIcon verdict="blocked" /> {t("table.noKey", { fields: or.format(names(look?.keys ?? [])) })}
        </p>
      ) : (
        <p className={classes.note}>{t("table.byKey", { field: words.field(entity, key) })}</p>
      )}
      {lacking.length > 0 ? (
        <p className={classes.blocked} role="alert">
          <VerdictIcon verdict="blocked" /> {t("table.lacking", { fields: and.format(names(lacking)) })}
        </p>
      ) : null}
      {half ? (
        <p className={classes.blocked} role="alert">
          <VerdictIcon verdict="blocked" /> {t("table.half", { there: words.field(entity, half.there), missing: words.field(entity, half.missing) })}
        </p>
      ) : null}
      {wanted.length > 0 ? (
        <p className={classes.wanted}>
          <VerdictIcon verdict="unknown" /> {t("table.wanted", { count: wanted.length, fields: and.format(names(wanted)) })}
        </p>
      ) : null}
    </>
  );
}
