import type { ReactNode } from "react";
import classes from "./ImportScreen.module.css";

/** A row of the import's form: what it is about, its control, and what follows from it. */
export function FormRow({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className={classes.row} role="group" aria-label={label}>
      <span className={classes.label}>{label}</span>
      <div className={classes.control}>
        {children}
        <p className={classes.hint}>{hint}</p>
      </div>
    </div>
  );
}
