import { Tooltip } from "@mantine/core";
import { useWords } from "@/words";
import classes from "./StandingBadge.module.css";

/** How well a rule is founded, as an outlined word: `D`, `M`, `O` or `A` (assumed: amber, dashed). Nothing for "". */
export function StandingBadge({ standing }: { standing: string }) {
  const { t, has } = useWords();
  if (!has(`kit.standing.${standing}`)) return null;
  return (
    <Tooltip label={t(`kit.standingHint.${standing}`)}>
      <span className={classes.badge} data-standing={standing}>
        {t(`kit.standing.${standing}`)}
      </span>
    </Tooltip>
  );
}
