import type { Progress } from "@/bridge/types";
import { useWords } from "@/words";

/** How far long work is, in words. */
export function HowFar({ news }: { news: Progress | null }) {
  const { t, tOr, number } = useWords();
  if (news === null) return <span role="status">{t("desks.starting")}</span>;
  const kind = tOr(`desks.kind.${news.kind}`, news.kind);
  return <span role="status">{tOr(`elsewhere.phase.${news.phase}`, news.phase, { kind, number: number(news.done) })}</span>;
}
