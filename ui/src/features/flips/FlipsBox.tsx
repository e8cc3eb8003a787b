import { Button, Loader } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { useErrorWords } from "@/bridge/errorWords";
import { asApiError } from "@/bridge/error";
import { useFlipTouch, useFlips } from "@/bridge/flips";
import type { Flip, FlipChange, FlipTouch, Flips, UserForm, Viewer } from "@/bridge/types";
import { changeText, placeHref } from "./changeWords";
import classes from "./FlipsBox.module.css";

interface FlipsBoxProps {
  viewer: Viewer;
  number: string;
  /** Which answer: `login`, `openable`, `reply`, or a list's name. */
  question: string;
  /** Puts the person's part of the changes into her form, as a draft. */
  onPut: (form: UserForm) => void;
}

/** What would change an answer, on demand. Nothing here writes; the form is changed by whoever hears of it. */
export function FlipsBox(props: FlipsBoxProps) {
  return <Box key={JSON.stringify([props.viewer, props.number, props.question])} {...props} />;
}

function Box({ viewer, number, question, onPut }: FlipsBoxProps) {
  const words = useDeskWords();
  const { t } = words;
  const errorWords = useErrorWords();
  const { told, working, error, ask, stop } = useFlips(viewer, number, question);
  const failed = error === null ? null : errorWords(error);
  if (told) return <Told told={told} of={{ viewer, number, question }} onPut={onPut} />;
  return (
    <div className={classes.ask} role="status" aria-busy={working !== null}>
      {working === null ? (
        <>
          <Button variant="default" onClick={ask}>
            {t("flips.ask")}
          </Button>
          {failed ? <span className={classes.doubt}>{failed.title}</span> : null}
        </>
      ) : (
        <>
          <Loader size={12} aria-hidden="true" />
          <span>{working > 0 ? t("flips.comparing", { count: working, number: words.number(working) }) : t("flips.trying")}</span>
          <button type="button" className={classes.link} onClick={stop}>
            {t("flips.stop")}
          </button>
        </>
      )}
    </div>
  );
}

/** What was asked, for what is counted later. */
type Asked = Pick<FlipsBoxProps, "viewer" | "number" | "question">;

function Told({ told, of, onPut }: { told: Flips; of: Asked; onPut: (form: UserForm) => void }) {
  const { t } = useDeskWords();
  // The button that asked is gone: the keyboard goes on at the answer.
  const answer = useRef<HTMLHeadingElement & HTMLParagraphElement>(null);
  useEffect(() => answer.current?.focus({ preventScroll: true }), []);
  if (told.flips.length === 0) {
    return (
      <p ref={answer} tabIndex={-1} className={classes.none} role="status">
        {t(told.answer === null ? "flips.unknown" : "flips.none")}
      </p>
    );
  }
  return (
    <section className={classes.box} aria-labelledby="flips-title">
      <h3 ref={answer} tabIndex={-1} id="flips-title" className={classes.title}>
        {t("flips.title")}
      </h3>
      <ul className={classes.flips}>
        {told.flips.map((flip) => (
          <FlipRow key={JSON.stringify(flip.changes)} flip={flip} of={of} onPut={onPut} />
        ))}
      </ul>
    </section>
  );
}

const isHers = (change: FlipChange) => change.entity === "external_user";

function FlipRow({ flip, of, onPut }: { flip: Flip; of: Asked; onPut: (form: UserForm) => void }) {
  const words = useDeskWords();
  const { t } = words;
  const { form } = flip;
  const all = flip.changes.every(isHers);
  const text = flip.changes.map((change) => changeText(words, change)).join("; ");
  return (
    <li className={classes.flip}>
      <ul className={classes.changes}>
        {flip.changes.map((change) => (
          <li key={`${change.entity} ${change.key} ${change.field} ${change.from} ${change.to}`}>
            {changeText(words, change)}{" "}
            {isHers(change) ? null : (
              <a className={classes.link} href={placeHref(flip, change)} aria-label={t("flips.goTo", { what: changeText(words, change) })}>
                {t("flips.go")}
              </a>
            )}
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        {flip.touches === null ? <Uncounted flip={flip} of={of} text={text} /> : <Touch touch={flip.touches} />}
        {form ? (
          <Button variant="default" size="compact-sm" aria-label={`${t(all ? "flips.put" : "flips.putPart")}: ${text}`} onClick={() => onPut(form)}>
            {t(all ? "flips.put" : "flips.putPart")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** How many people it concerns at most; whom it touches is counted where somebody wants to know. */
function Uncounted({ flip, of, text }: { flip: Flip; of: Asked; text: string }) {
  const { t, number } = useDeskWords();
  const errorWords = useErrorWords();
  const work = useFlipTouch(of.viewer, of.number, of.question);
  const leave = useRef(work.cancel);
  useEffect(() => {
    leave.current = work.cancel;
  });
  useEffect(() => () => leave.current(), []);
  if (work.data) return <Touch touch={work.data} />;
  if (work.running) {
    const done = work.news?.done ?? 0;
    return (
      <span className={classes.touch} role="status">
        <Loader size={12} aria-hidden="true" /> {done > 0 ? t("flips.comparing", { count: done, number: number(done) }) : t("flips.trying")}
        <button type="button" className={classes.link} disabled={work.cancelling} onClick={work.cancel}>
          {t("kit.cancel")}
        </button>
      </span>
    );
  }
  const failed = work.error !== null && asApiError(work.error).code !== "cancelled" ? errorWords(work.error) : null;
  return (
    <span className={classes.touch}>
      <span className={classes.doubt}>{failed ? failed.title : t("flips.concerns", { count: flip.concerns, number: number(flip.concerns) })}</span>
      <button type="button" className={classes.link} aria-label={t("flips.countOf", { what: text })} onClick={() => void work.run(flip.changes).catch(() => undefined)}>
        {t("flips.count")}
      </button>
    </span>
  );
}

/** Whom else the changes touch. */
function Touch({ touch }: { touch: FlipTouch }) {
  const { t, number } = useDeskWords();
  const { others, unknown, tickets_gained: gained, tickets_lost: lost } = touch;
  return (
    <span className={classes.touch}>
      {others === 0 ? t("flips.nobody") : t("flips.others", { count: others, number: number(others) })}
      {gained > 0 ? <span className={classes.gained}>{t("flips.gained", { count: gained, number: number(gained) })}</span> : null}
      {lost > 0 ? <span className={classes.lost}>{t("flips.lost", { count: lost, number: number(lost) })}</span> : null}
      {unknown > 0 ? <span className={classes.doubt}>{t("flips.unknownOthers", { count: unknown, number: number(unknown) })}</span> : null}
    </span>
  );
}
