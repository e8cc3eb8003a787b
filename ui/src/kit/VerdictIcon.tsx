import { Check, CircleHelp, Minus, X } from "lucide-react";
import { useWords } from "@/words";
import classes from "./VerdictIcon.module.css";

/** What a rule said: the desk's verdict. */
export type Verdict = "passed" | "blocked" | "skipped" | "unknown";

const icons = { passed: Check, blocked: X, skipped: Minus, unknown: CircleHelp };

/** The verdict of an answer: `true` passed, `false` blocked, `null` unknown. */
export function verdictOf(answer: boolean | null): Verdict {
  if (answer === null) return "unknown";
  return answer ? "passed" : "blocked";
}

/** Check, cross, minus or question mark in the verdict's colour; it has a name, so colour is never alone. */
export function VerdictIcon({ verdict, size = 14, label }: { verdict: Verdict; size?: number; label?: string }) {
  const { t } = useWords();
  const Icon = icons[verdict];
  return (
    <span className={classes.verdict} data-verdict={verdict} role="img" aria-label={label ?? t(`kit.verdict.${verdict}`)}>
      <Icon size={size} strokeWidth={2.2} aria-hidden="true" />
    </span>
  );
}
