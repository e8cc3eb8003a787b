import { Button } from "@mantine/core";
import { useEffect } from "react";
import { effectOf } from "@/bridge/expectations";
import { useExposureFile } from "@/bridge/exposureFile";
import { ShowAll } from "@/kit/EffectDetails";
import { useWords } from "@/words";
import { effectText } from "./EffectText";
import type { Pending } from "./pending";
import { editsOf, useExposureOfCells } from "./useMatrix";
import classes from "./GroupsMatrix.module.css";

interface MatrixFootProps {
  side: { rows: string; context: string };
  pending: Pending;
  saving: boolean;
  /** The letters that set a cell. */
  letters: string;
  onDiscard: () => void;
  onSave: () => Promise<void>;
}

/** What is not saved, who would gain and lose by it, and the two ways out. */
export function MatrixFoot({ side, pending, saving, letters, onDiscard, onSave }: MatrixFootProps) {
  const words = useWords();
  const { t, number } = words;
  const idle = pending.size === 0;
  const exposure = useExposureOfCells(side, pending);
  const told = exposure.data;
  const file = useExposureFile({ of: "cells", edits: editsOf(side, pending) });
  const rows = new Set([...pending.values()].map((cell) => cell.row)).size;
  useEffect(() => {
    if (idle) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      void onSave();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [idle, onSave]);
  if (idle) return <div className={classes.foot}><span className={classes.words}>{t("matrix.keys", { letters })}</span></div>;
  const nothing = told && told.affected === 0 && told.unknown === 0;
  return (
    <div className={classes.foot}>
      <span className={classes.words} role="status">
        <strong>{t("matrix.cells", { count: pending.size })}</strong> {t("matrix.inRows", { count: rows, rows: number(rows) })}{" "}
        {exposure.isFetching ? t("matrix.working") : null}
        {!exposure.isFetching && nothing ? t("matrix.nothing") : null}
        {!exposure.isFetching && told && told.affected > 0 ? (
          <>
            {t("matrix.affected", { count: told.affected })}{" "}
            {effectText(told, words)}{" "}
          </>
        ) : null}
        {!exposure.isFetching && told && told.affected === 0 && told.unknown > 0 ? <span className={classes.doubt}> {t("matrix.unknown", { count: told.unknown })} </span> : null}
        {!exposure.isFetching && told ? <ShowAll effect={effectOf(words, told)} title={t("kit.effect.title")} file={file} /> : null}
      </span>
      <Button variant="default" disabled={saving} onClick={onDiscard}>
        {t("kit.discard")}
      </Button>
      <Button disabled={saving} onClick={() => void onSave()}>
        {t("kit.save")}
      </Button>
    </div>
  );
}
