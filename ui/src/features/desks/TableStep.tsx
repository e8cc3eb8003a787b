import { Button, SegmentedControl, Select } from "@mantine/core";
import { placeOf, useProblemWords } from "@/bridge/problemWords";
import { useWords } from "@/words";
import { FailedState } from "@/kit/FailedState";
import { ColumnList } from "./ColumnList";
import { FormRow } from "./FormRow";
import type { Table } from "./useTable";
import { useTableWords } from "./useTableWords";
import classes from "./TableStep.module.css";

/** What may stand between cells, with the words for each. */
const SIGNS: Readonly<Record<string, string>> = { semicolon: ";", comma: ",", tab: "\t", bar: "|" };
const CELLS = ["semicolon", "comma", "tab", "bar"];
const LISTS = ["semicolon", "comma"];

const nameOf = (sign: string) => CELLS.find((name) => SIGNS[name] === sign) ?? "semicolon";

interface TableStepProps {
  table: Table;
  /** Whether an import is under way, during which nothing is chosen. */
  disabled: boolean;
}

/** What a table holds: its kind of record, its sheet, what separates its cells and lists, and its columns. */
export function TableStep({ table, disabled }: TableStepProps) {
  const { t } = useWords();
  const words = useTableWords();
  const { look, error } = table;
  if (error) return <FailedState error={error} onRetry={table.retry} />;
  if (!look) return <p className={classes.waiting}>{t("table.reading")}</p>;
  return (
    <>
      <FormRow label={t("table.kind")} hint={t("table.kindHint")}>
        <Select
          aria-label={t("table.kind")}
          value={table.entity === "" ? null : look.mapping.kind}
          placeholder={t("table.kindNone")}
          allowDeselect={false}
          disabled={disabled}
          data={look.kinds.map((kind) => ({ value: kind.name, label: words.kind(kind.entity) }))}
          onChange={(kind) => kind !== null && table.setKind(kind)}
        />
      </FormRow>
      {look.sheets.length > 1 ? (
        <FormRow label={t("table.sheet")} hint={t("table.sheetHint")}>
          <Select
            aria-label={t("table.sheet")}
            value={look.mapping.sheet ?? look.sheets[0] ?? null}
            allowDeselect={false}
            disabled={disabled}
            data={look.sheets}
            onChange={(sheet) => sheet !== null && table.setSheet(sheet)}
          />
        </FormRow>
      ) : null}
      {look.cells === null ? null : (
        <FormRow label={t("table.cells")} hint={t("table.cellsHint")}>
          <SegmentedControl
            aria-label={t("table.cells")}
            value={nameOf(look.cells)}
            disabled={disabled}
            onChange={(name) => table.setCells(SIGNS[name] ?? ";")}
            data={CELLS.map((name) => ({ value: name, label: t(`table.sign.${name}`) }))}
          />
        </FormRow>
      )}
      <FormRow label={t("table.lists")} hint={t("table.listsHint")}>
        <SegmentedControl
          aria-label={t("table.lists")}
          value={nameOf(table.separator)}
          disabled={disabled}
          onChange={(name) => table.setSeparator(SIGNS[name] ?? ";")}
          data={LISTS.map((name) => ({ value: name, label: t(`table.sign.${name}`) }))}
        />
      </FormRow>
      <Problems table={table} />
      {look.problems.length === 0 ? <ColumnList table={table} words={words} disabled={disabled} head={<Remembered table={table} disabled={disabled} />} /> : null}
    </>
  );
}

/** Why the file cannot be read at all, and what was noticed of it. */
function Problems({ table }: { table: Table }) {
  const words = useWords();
  const { t } = words;
  const said = useProblemWords();
  const { problems = [], findings = [] } = table.look ?? {};
  const line = (one: (typeof problems)[number]) => (
    <li key={`${one.line} ${one.column} ${one.message}`}>
      <span className={classes.place}>{placeOf(words, one)}</span> {said(one)}
    </li>
  );
  return (
    <>
      {problems.length > 0 ? (
        <div className={classes.problems} role="alert">
          <p className={classes.title}>{t("table.unreadable")}</p>
          <ul>{problems.map(line)}</ul>
        </div>
      ) : null}
      {findings.length > 0 ? (
        <div className={classes.notice}>
          <ul>{findings.map(line)}</ul>
        </div>
      ) : null}
    </>
  );
}

/** That columns are as they were the last time, and the way to guesses alone. */
function Remembered({ table, disabled }: TableStepProps) {
  const { t, number } = useWords();
  const count = table.look?.origins.filter((origin) => origin === "remembered").length ?? 0;
  const text = table.forgets ? t("table.guessedAlone") : count > 0 ? t("table.asLastTime", { count, number: number(count) }) : "";
  if (text === "" && !table.touched) return null;
  return (
    <div className={classes.remembered} role="status">
      <span>{text === "" ? t("table.touched") : text}</span>
      <div className={classes.ways}>
        {table.touched ? (
          <Button variant="default" size="compact-xs" disabled={disabled} onClick={() => table.restart(table.forgets)}>
            {t("table.takeBack")}
          </Button>
        ) : null}
        {table.forgets || count > 0 ? (
          <Button variant="default" size="compact-xs" disabled={disabled} onClick={() => table.restart(!table.forgets)}>
            {t(table.forgets ? "table.remember" : "table.forget")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
