import type { ReactNode } from "react";
import classes from "./StatusLine.module.css";

/** The line at a zone's foot: what is in sight at the left, what marks mean at the right. */
export function StatusLine({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className={classes.line}>
      <span className={classes.main}>{children}</span>
      {aside ? <span className={classes.aside}>{aside}</span> : null}
    </div>
  );
}
