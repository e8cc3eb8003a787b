import { NativeSelect } from "@mantine/core";
import type { SettingValue } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { useWords } from "@/words";
import { parsed, titleOf, wordOf } from "./settingValue";
import type { PortalForm } from "./usePortal";
import classes from "./Portal.module.css";

/** Settings that make up a table: a row a situation, a column a kind of person. Every cell can be edited. */
export function ScenarioTable({ cells, form }: { cells: SettingValue[]; form: PortalForm }) {
  const words = useWords();
  const { t } = words;
  const rows = [...new Set(cells.map((cell) => cell.row))];
  const columns = [...new Set(cells.map((cell) => cell.column))];
  const changed = cells.filter((cell) => form.changes.has(cell.name));
  const differ = cells.filter((cell) => cell.value !== null && cell.value !== cell.default);
  const disabled = form.workspace.read_only || form.saving;
  return (
    <div className={classes.tableBox}>
      <p className={classes.tableLead}>
        {t("portal.scenariosText")} <StandingBadge standing="A" />
      </p>
      <div className={classes.tableScroll}>
        <table className={classes.table} aria-label={t("portal.section.scenarios")}>
          <thead>
            <tr>
              <th scope="col">{t("portal.column.access")}</th>
              <th scope="col">{t("portal.column.login")}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`portal.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{t(`portal.row.${row}.access`)}</th>
                <td className={classes.fixed}>{t(`portal.row.${row}.login`)}</td>
                {columns
                  .flatMap((column) => cells.filter((one) => one.row === row && one.column === column))
                  .map((cell) => (
                    <td key={cell.name} data-changed={form.changes.has(cell.name) || undefined} data-setting={cell.name}>
                      <NativeSelect
                        size="xs"
                        aria-label={titleOf(words, cell)}
                        title={wordOf(words, cell, String(parsed(form.valueOf(cell)) ?? ""))}
                        disabled={disabled}
                        value={String(parsed(form.valueOf(cell)) ?? "")}
                        data={cell.choices.map((word) => ({ value: word, label: wordOf(words, cell, word) }))}
                        onChange={(event) => form.edit(cell, cellValue(cell, event.currentTarget.value))}
                      />
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.tableFoot}>
        {t(differ.length > 0 ? "portal.scenariosEdited" : "portal.scenariosAssumed", { count: differ.length })}
        {changed.length > 0 ? (
          <button type="button" className={classes.undo} onClick={() => changed.forEach((cell) => form.revert(cell.name))}>
            {t("portal.undoTable")}
          </button>
        ) : null}
        {differ.length > 0 && !disabled ? (
          <button type="button" className={classes.undo} onClick={() => differ.forEach((cell) => form.edit(cell, null))}>
            {t("portal.resetTable")}
          </button>
        ) : null}
      </p>
    </div>
  );
}

/** What choosing a word comes to: the assumed word, where nobody had said another, is no change. */
function cellValue(cell: SettingValue, word: string): string | null {
  const value = JSON.stringify(word);
  return cell.value === null && value === cell.default ? null : value;
}
