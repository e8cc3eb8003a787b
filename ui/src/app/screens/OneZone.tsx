import type { ReactNode } from "react";
import classes from "./OneZone.module.css";

/** A screen that is one zone: F6 leads to it like to any other. */
export function OneZone({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" className={classes.zone} data-zone="main" aria-label={label} tabIndex={-1}>
      {children}
    </div>
  );
}
