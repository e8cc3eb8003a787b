import { Button } from "@mantine/core";
import { X } from "lucide-react";
import { asApiError } from "@/bridge/error";
import { brokenOf, effectOf } from "@/bridge/expectations";
import { useExposureFile } from "@/bridge/exposureFile";
import type { Exposure, MatrixColumn, MatrixRow } from "@/bridge/types";
import { useSortedBy } from "@/bridge/reads";
import { BrokenList } from "@/kit/BrokenList";
import { ShowAll } from "@/kit/EffectDetails";
import type { MatrixValue } from "@/kit/MatrixParts";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import { effectText } from "./EffectText";
import { type Pending, cellKey, heldBy, strongest } from "./pending";
import { editsOf, useExposureOfCells } from "./useMatrix";
import classes from "./CellPane.module.css";

/** People and queues named at once. */
const NAMED = 12;

interface CellPaneProps {
  side: { rows: string; context: string };
  row: MatrixRow;
  column: MatrixColumn;
  values: MatrixValue[];
  permissions: string[];
  pending: Pending;
  onSet: (value: string) => void;
  onOpenRow: () => void;
  onOpenGroup: () => void;
  onSettings: () => void;
  onClose: () => void;
}

/** The cell at which the cursor is: its right, what it was, and who would gain and lose by the change. */
export function CellPane(props: CellPaneProps) {
  const { side, row, column, values, permissions, pending } = props;
  const { t, number } = useWords();
  const name = `${row.first_name} ${row.name}`.trim();
  const edit = pending.get(cellKey(row.id, column.id));
  const was = strongest(heldBy(row, column.id), permissions);
  const value = edit ? strongest(edit.permissions, permissions) : was;
  const always = column.always.length > 0;
  const facts = [side.rows === "accounts" ? t("matrix.people", { count: row.people, number: number(row.people) }) : row.key, t("matrix.queues", { count: column.queues.length })];
  return (
    <aside className={classes.pane} aria-label={t("matrix.cell")}>
      <header className={classes.head}>
        <div>
          <h2 className={classes.title}>{[name, column.name].join(", ")}</h2>
          <p className={classes.sub}>{facts.join(", ")}</p>
        </div>
        <button type="button" className={classes.close} aria-label={t("kit.close")} onClick={props.onClose}>
          <X size={15} strokeWidth={1.8} aria-hidden="true" />
        </button>
      </header>
      {always ? (
        <p className={classes.line}>
          {t("matrix.alwaysHint", { settings: column.always.join(", ") })}{" "}
          <button type="button" className={classes.link} onClick={props.onSettings}>
            {t("matrix.toSettings")}
          </button>
        </p>
      ) : (
        <div className={classes.line}>
          <Segments name="matrix-cell" label={t("matrix.right")} value={value} onChange={props.onSet} segments={values.map((one) => ({ value: one.value, label: one.label }))} />
          <p className={classes.sub}>{edit ? t("matrix.wasBefore", { was: values.find((one) => one.value === was)?.label ?? was }) : t("matrix.asSaved")}</p>
        </div>
      )}
      {edit && !always ? <CellExposure side={side} pending={new Map([[cellKey(row.id, column.id), edit]])} /> : null}
      <footer className={classes.links}>
        <Button variant="default" onClick={props.onOpenRow}>
          {t(side.rows === "accounts" ? "matrix.openAccount" : "matrix.openUser")}
        </Button>
        <Button variant="default" onClick={props.onOpenGroup}>
          {t("matrix.openTheGroup")}
        </Button>
      </footer>
    </aside>
  );
}

function CellExposure({ side, pending }: { side: CellPaneProps["side"]; pending: Pending }) {
  const words = useWords();
  const { t, tOr } = words;
  const exposure = useExposureOfCells(side, pending);
  const file = useExposureFile({ of: "cells", edits: editsOf(side, pending) });
  const error = exposure.isError ? asApiError(exposure.error) : null;
  return (
    <section className={classes.exposure} aria-label={t("kit.consequence.title")} aria-busy={exposure.isFetching}>
      <p className={classes.effect} role="status">
        {error ? tOr(`error.${error.code}.title`, error.message) : exposure.data ? effectText(exposure.data, words) : t("matrix.working")}
      </p>
      {exposure.data ? <ShowAll effect={effectOf(words, exposure.data)} title={t("kit.effect.title")} file={file} /> : null}
      {exposure.data ? <BrokenList broken={brokenOf(words, exposure.data.broken)} /> : null}
      {exposure.data ? <Concerned exposure={exposure.data} /> : null}
    </section>
  );
}

/** The places and people for whom it means most. */
function Concerned({ exposure }: { exposure: Exposure }) {
  const { t } = useWords();
  const by = useSortedBy();
  return (
    <>
      <Listed title={t(`place.many.${by}`)} all={exposure.places_total} lines={exposure.places.map((one) => ({ ...one, id: one.place, name: one.place || t(`place.none.${by}`) }))} />
      <Listed title={t("matrix.users")} all={exposure.affected} lines={exposure.examples.map((one) => ({ ...one, name: one.name || one.login }))} />
    </>
  );
}

function Listed({ title, all, lines }: { title: string; all: number; lines: { id: string; name: string; gained: number; lost: number }[] }) {
  const { t, number } = useWords();
  const more = all - Math.min(lines.length, NAMED);
  if (lines.length === 0) return null;
  return (
    <>
      <h3 className={classes.subtitle}>{title}</h3>
      <ul className={classes.list}>
        {lines.slice(0, NAMED).map((one) => (
          <li key={one.id}>
            <span className={classes.clip} title={one.name}>{one.name}</span>
            {one.gained > 0 ? <span className={classes.gained}>+{number(one.gained)}</span> : null}
            {one.lost > 0 ? <span className={classes.lost}>−{number(one.lost)}</span> : null}
          </li>
        ))}
        {more > 0 ? <li className={classes.sub}>{t("kit.effect.more", { count: more, number: number(more) })}</li> : null}
      </ul>
    </>
  );
}
