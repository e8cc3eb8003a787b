import { Checkbox } from "@mantine/core";
import { useDeskWords } from "@/bridge/deskWords";
import type { BulkPreview } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import classes from "./Bulk.module.css";

const MOST_SHOWN = 20;

interface ProblemsProps {
  preview: BulkPreview;
  /** Whether these people are passed over. */
  skip: boolean;
  onSkip: (skip: boolean) => void;
}

/** People whose form would become invalid: who, why, and whether they are passed over. */
export function Problems({ preview, skip, onSkip }: ProblemsProps) {
  const { t, tOr, d, number } = useDeskWords();
  if (preview.invalid === 0) return null;
  const shown = preview.problems.slice(0, MOST_SHOWN);
  return (
    <section className={classes.problems} aria-label={t("bulk.problems")}>
      <p className={classes.problemsTitle}>{t("bulk.invalid", { count: preview.invalid, people: number(preview.invalid) })}</p>
      <ul className={classes.problemList}>
        {shown.map(({ id, name, problem }) => (
          <li key={`${id} ${problem.field} ${problem.code}`}>
            <a href={userHref(id)}>{name}</a> · {d(`field.${problem.field}`)}: {tOr(problem.code, problem.message, Object.fromEntries(problem.detail))}
          </li>
        ))}
      </ul>
      {preview.problems.length > shown.length ? <p className={classes.hint}>{t("bulk.moreProblems")}</p> : null}
      <Checkbox label={t("bulk.skip")} checked={skip} onChange={(event) => onSkip(event.currentTarget.checked)} />
    </section>
  );
}
