import type { Misfit } from "@/bridge/types";
import { useWords } from "@/words";
import classes from "./ImportOutcome.module.css";

/** What the desk has and its own form would not take: it came in all the same, and stops the next save of that field. */
export function Misfits({ misfits }: { misfits: Misfit[] }) {
  const { t, tOr, number } = useWords();
  if (misfits.length === 0) return null;
  const field = (name: string) => tOr(`userform.field.${name}`, tOr(`records.field.${name}`, name));
  return (
    <>
      <h3 className={classes.heading}>{t("desks.misfits")}</h3>
      <p className={classes.muted}>{t("desks.misfitsText")}</p>
      <ul className={classes.list}>
        {misfits.map(({ entity, problem, count, examples }) => (
          <li key={`${entity} ${problem.field} ${problem.code}`}>
            <span>
              {tOr(`review.entity.${entity}`, tOr(`records.entity.${entity}`, entity))} · {field(problem.field)}: {tOr(problem.code, problem.message, Object.fromEntries(problem.detail))}
            </span>
            <span className={classes.place}>
              {number(count)} · {examples.join(", ")}
              {count > examples.length ? " …" : ""}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
