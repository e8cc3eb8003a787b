import { Loader } from "@mantine/core";
import { asApiError } from "@/bridge/error";
import { brokenOf, effectOf } from "@/bridge/expectations";
import { useExposureFile } from "@/bridge/exposureFile";
import type { Exposure, MatrixColumnEdit } from "@/bridge/types";
import { BrokenList } from "@/kit/BrokenList";
import { ShowAll } from "@/kit/EffectDetails";
import { type Words, useWords } from "@/words";
import { useColumnEffect } from "./useColumn";
import classes from "./GroupsMatrix.module.css";

/** Who gains and loses what, in few words. */
export function effectText(effect: Exposure, { t, number }: Words): string {
  const part = (key: string, people: number, tickets: number) =>
    people > 0 ? t(`kit.consequence.${key}`, { count: people, people: number(people), tickets: t("kit.consequence.tickets", { count: tickets, number: number(tickets) }) }) : "";
  const logins = (key: string, people: number) => (people > 0 ? t(`kit.consequence.${key}`, { count: people, number: number(people) }) : "");
  const parts = [
    part("gain", effect.gaining, effect.tickets_gained),
    part("lose", effect.losing, effect.tickets_lost),
    logins("mayLogIn", effect.logins_gained),
    logins("mayNotLogIn", effect.logins_lost),
  ].filter(Boolean);
  const doubt = effect.unknown > 0 ? t("kit.consequence.unknown", { count: effect.unknown, number: number(effect.unknown) }) : "";
  if (parts.length > 0) return [parts.join(", "), doubt].filter(Boolean).join(". ");
  if (doubt !== "") return doubt;
  return effect.complete ? t("kit.consequence.nothing") : t("matrix.noModel");
}

interface ColumnEffectProps {
  edit: MatrixColumnEdit;
  stopped?: boolean;
  /** Whether it leads to all who are concerned: not from a menu's entry, which is a button itself. */
  leads?: boolean;
}

/** What changing a column would do: worked out, told, or why it is not known. Nothing where it was stopped. */
export function ColumnEffect({ edit, stopped = false, leads = false }: ColumnEffectProps) {
  const words = useWords();
  const { t, tOr } = words;
  const effect = useColumnEffect(edit, !stopped);
  if (effect.isError) {
    const error = asApiError(effect.error);
    return <span className={classes.doubt}>{tOr(`error.${error.code}.title`, error.message)}</span>;
  }
  if (!effect.data && stopped) return null;
  if (!effect.data) {
    return (
      <span className={classes.working}>
        <Loader size={11} aria-hidden="true" /> {t("matrix.working")}
      </span>
    );
  }
  return (
    <>
      <span>{effectText(effect.data.exposure, words)}</span>
      {leads ? <All edit={edit} exposure={effect.data.exposure} /> : null}
      <BrokenList broken={brokenOf(words, effect.data.exposure.broken)} />
    </>
  );
}

function All({ edit, exposure }: { edit: MatrixColumnEdit; exposure: Exposure }) {
  const words = useWords();
  const file = useExposureFile({ of: "column", edit });
  return (
    <>
      {" "}
      <ShowAll effect={effectOf(words, exposure)} title={words.t("kit.effect.title")} file={file} />
    </>
  );
}
