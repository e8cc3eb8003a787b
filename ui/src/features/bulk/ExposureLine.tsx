import { Button, Loader } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import type { Exposure, ExposureSource } from "@/bridge/types";
import { useErrorWords } from "@/bridge/errorWords";
import { brokenOf, effectOf } from "@/bridge/expectations";
import { useExposureFile } from "@/bridge/exposureFile";
import { BrokenList } from "@/kit/BrokenList";
import { Examples } from "@/kit/Consequence";
import { ShowAll } from "@/kit/EffectDetails";
import { type Words, useWords } from "@/words";
import type { Trial } from "./useTrial";
import classes from "./Bulk.module.css";

/** Who gains and loses how much, in one sentence; nothing where it cannot be told. */
export function exposureText(exposure: Exposure, { t, number }: Words): string {
  const parts = [
    exposure.gaining > 0 ? t("bulk.gain", { count: exposure.gaining, people: number(exposure.gaining), tickets: number(exposure.gained) }) : "",
    exposure.losing > 0 ? t(exposure.gaining > 0 ? "bulk.lose" : "bulk.loseAlone", { count: exposure.losing, people: number(exposure.losing), tickets: number(exposure.lost) }) : "",
    exposure.logins_gained > 0 ? t("bulk.loginsGained", { count: exposure.logins_gained, people: number(exposure.logins_gained) }) : "",
    exposure.logins_lost > 0 ? t("bulk.loginsLost", { count: exposure.logins_lost, people: number(exposure.logins_lost) }) : "",
  ].filter(Boolean);
  return parts.length > 0 ? t("bulk.sentence", { text: parts.join(", ") }) : exposure.complete ? t("bulk.noExposure") : "";
}

/** What a change (the source) would expose: asked, told, stopped or failed. Its height stays the same. */
export function ExposureLine<P>({ trial, source }: { trial: Trial<P>; source: ExposureSource }) {
  const words = useWords();
  const { t, number } = words;
  const errorWords = useErrorWords();
  const file = useExposureFile(source);
  if (trial.error) {
    return (
      <p className={classes.exposure} role="alert" data-kind="failed">
        <span>{trial.error.code === "internal" ? errorWords(trial.error).title : trial.error.message}</span>
        <Button variant="subtle" onClick={trial.again}>
          {t("kit.retry")}
        </Button>
      </p>
    );
  }
  if (trial.busy) {
    return (
      <p className={classes.exposure} role="status">
        <Loader size={12} aria-hidden="true" />
        <span>{t("bulk.working")}</span>
        <Button variant="subtle" onClick={trial.stop}>
          {t("kit.cancel")}
        </Button>
      </p>
    );
  }
  if (trial.stopped) {
    return (
      <p className={classes.exposure} role="status">
        <span>{t("bulk.stopped")}</span>
        <Button variant="subtle" onClick={trial.again}>
          {t("bulk.workOut")}
        </Button>
      </p>
    );
  }
  if (!trial.exposure) return null;
  return (
    <div role="status">
      <div className={classes.exposure}>
        <span>{exposureText(trial.exposure, words)}</span>
        <ShowAll effect={effectOf(words, trial.exposure)} title={t("kit.effect.title")} file={file} />
      </div>
      <Examples people={trial.exposure.examples} />
      <BrokenList broken={brokenOf(words, trial.exposure.broken)} />
      {trial.exposure.complete ? null : (
        <p className={classes.doubt}>
          <TriangleAlert size={13} strokeWidth={1.8} aria-hidden="true" />
          <span>{trial.exposure.unknown > 0 ? t("bulk.unknown", { count: trial.exposure.unknown, people: number(trial.exposure.unknown) }) : t("bulk.noModel")}</span>
        </p>
      )}
    </div>
  );
}
