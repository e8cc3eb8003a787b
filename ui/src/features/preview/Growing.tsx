import { type ReactNode, useState } from "react";
import { useWords } from "@/words";
import classes from "./Panels.module.css";

/** How many are drawn at first, and more at a time. */
const STEP = 200;

interface GrowingProps<T> {
  all: T[];
  /** One of them, with a key. */
  children: (one: T) => ReactNode;
}

/** A list that draws the first of very many, and the next ones when asked: all can be reached. */
export function Growing<T>({ all, children }: GrowingProps<T>) {
  const { t, number } = useWords();
  const [shown, setShown] = useState(STEP);
  const left = all.length - shown;
  return (
    <>
      <ul>{all.slice(0, shown).map(children)}</ul>
      {left > 0 ? (
        <p className={classes.facts}>
          {t("preview.andMore", { count: left, figure: number(left) })}
          <button type="button" className={classes.items} onClick={() => setShown(shown + STEP)}>
            {t("preview.showNext", { figure: number(Math.min(left, STEP)) })}
          </button>
        </p>
      ) : null}
    </>
  );
}
