import { useWords } from "@/words";
import classes from "./Kbd.module.css";

/** Keys to press, written as on the keyboard: `<Kbd keys="Ctrl K" />`. German keyboards say Strg. */
export function Kbd({ keys, onAccent = false }: { keys: string; onAccent?: boolean }) {
  const { t } = useWords();
  const shown = keys
    .split(" ")
    .map((key) => t(`keys.${key}`, { defaultValue: key }))
    .join(" ");
  return (
    <kbd className={classes.kbd} data-on-accent={onAccent || undefined} aria-hidden="true">
      {shown}
    </kbd>
  );
}
