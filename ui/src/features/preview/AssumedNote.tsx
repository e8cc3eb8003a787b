import type { TicketRow } from "@/bridge/types";
import { assumedOf, ruleText } from "@/bridge/ruleText";
import { StandingBadge } from "@/kit/StandingBadge";
import { useWords } from "@/words";
import classes from "./TicketLine.module.css";

interface AssumedNoteProps {
  /** The tickets that are there so far. */
  rows: TicketRow[];
  /** Whether these are all of the list: of others nothing can be said. */
  whole: boolean;
}

/** What the small marks of a list mean, once above it: the rules that are only assumed, and whether all rest on them. */
export function AssumedNote({ rows, whole }: AssumedNoteProps) {
  const words = useWords();
  const marked = rows.map(assumedOf).filter((rules) => rules.length > 0);
  if (marked.length === 0) return null;
  const rules = [...new Set(marked.flat())].sort().map((rule) => ruleText(words, rule, rule)).join(" ");
  const all = whole && rows.length > 1 && marked.length === rows.length;
  const text = words.t(all ? "preview.assumedAll" : "preview.assumedMarked", { count: new Set(marked.flat()).size, figure: words.number(rows.length), rules });
  return (
    <p role="note" className={classes.note} title={rules}>
      <StandingBadge standing="A" small /> {text}
    </p>
  );
}
