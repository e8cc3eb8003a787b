import { Tooltip, VisuallyHidden } from "@mantine/core";
import { useWords } from "@/words";
import classes from "./StandingBadge.module.css";

/** How well a rule is founded, as an outlined word: `D`, `M`, `O` or `A` (assumed: amber, dashed). Nothing for "". `small` shows its first letter, where many stand below each other. */
export function StandingBadge({ standing, small = false }: { standing: string; small?: boolean }) {
  const { t, has } = useWords();
  if (!has(`kit.standing.${standing}`)) return null;
  const word = t(`kit.standing.${standing}`);
  return (
    <Tooltip label={t(`kit.standingHint.${standing}`)}>
      <span className={classes.badge} data-standing={standing}>
        {small ? (
          <>
            <span aria-hidden="true">{word.slice(0, 1)}</span>
            <VisuallyHidden>{word}</VisuallyHidden>
          </>
        ) : (
          word
        )}
      </span>
    </Tooltip>
  );
}
