import { ShieldAlert } from "lucide-react";
import { useWords } from "@/words";
import classes from "./BrokenList.module.css";

/** Sentences that are told at once; the rest is counted. */
const TOLD = 5;

/** The expectations that a change would break; nothing where it breaks none. */
export function BrokenList({ broken }: { broken: readonly string[] }) {
  const { t, number } = useWords();
  if (broken.length === 0) return null;
  const more = broken.length - TOLD;
  return (
    <div className={classes.broken} role="status">
      <ShieldAlert size={14} strokeWidth={1.8} aria-hidden="true" className={classes.icon} />
      <div>
        <strong>{t("kit.breaks", { count: broken.length, number: number(broken.length) })}</strong>
        <ul className={classes.list}>
          {broken.slice(0, TOLD).map((text) => (
            <li key={text}>{text}</li>
          ))}
          {more > 0 ? <li>{t("kit.breaksMore", { count: more, number: number(more) })}</li> : null}
        </ul>
      </div>
    </div>
  );
}
