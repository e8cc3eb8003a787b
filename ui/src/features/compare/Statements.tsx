import { ArrowDownRight, ArrowUpRight, CircleSlash, Equal, type LucideIcon } from "lucide-react";
import { useTranslation } from "@/bridge/elsewhere";
import { asApiError } from "@/bridge/error";
import type { Effect, TranslationStatement } from "@/bridge/types";
import { FailedState } from "@/kit/FailedState";
import { useWords } from "@/words";
import classes from "./Desks.module.css";

/** What does not translate comes first. */
const EFFECTS: readonly Effect[] = ["more", "less", "lost", "same"];

const icons: Record<Effect, LucideIcon> = { more: ArrowUpRight, less: ArrowDownRight, lost: CircleSlash, same: Equal };

interface StatementsProps {
  to: string;
  /** Those of this workspace, counted; null before it was looked at. */
  counted: readonly TranslationStatement[] | null;
}

/** What becomes of what on the way to another desk. */
export function Statements({ to, counted }: StatementsProps) {
  const { t } = useWords();
  const query = useTranslation(to);
  const statements = counted ?? query.data ?? [];
  return (
    <section className={classes.part} aria-label={t("elsewhere.statements")} aria-busy={query.isFetching}>
      <h2 className={classes.heading}>{t("elsewhere.statements")}</h2>
      {query.isError && counted === null ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
      <StatementList statements={statements} />
      {counted === null && query.data ? <p className={classes.muted}>{t("elsewhere.notCounted")}</p> : null}
    </section>
  );
}

/** Statements by what they mean. */
export function StatementList({ statements }: { statements: readonly TranslationStatement[] }) {
  return EFFECTS.map((effect) => <OfEffect key={effect} effect={effect} statements={statements.filter((one) => one.effect === effect)} />);
}

function OfEffect({ effect, statements }: { effect: Effect; statements: readonly TranslationStatement[] }) {
  const { t, tOr, number } = useWords();
  const Icon = icons[effect];
  if (statements.length === 0) return null;
  return (
    <>
      <h3 className={classes.effect} data-effect={effect}>
        <Icon size={14} strokeWidth={1.8} aria-hidden="true" />
        {t(`elsewhere.effect.${effect}`)}
      </h3>
      <ul className={classes.statements}>
        {statements.map((one) => (
          <li key={one.id}>
            <span>{tOr(`translation.${one.id}`, one.text)}</span>
            {one.count === null ? null : (
              <span className={classes.count} title={t("elsewhere.countHint", { count: one.count, number: number(one.count) })}>
                {number(one.count)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
