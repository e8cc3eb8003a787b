import { useWords } from "@/words";
import classes from "./UserPanel.module.css";

/** Stands where the form will be. */
export function FormSkeleton() {
  const { t } = useWords();
  return (
    <div className={classes.skeleton} role="status" aria-label={t("kit.loading")}>
      {Array.from({ length: 9 }, (_, row) => (
        <span key={row} className={classes.bar} style={{ width: `${55 + ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
