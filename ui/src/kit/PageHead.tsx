import type { ReactNode } from "react";
import classes from "./PageHead.module.css";

interface PageHeadProps {
  /** The zone's heading. */
  title: ReactNode;
  /** Grey figure beside it. */
  count?: string;
  /** A line below (the head is then 56 high instead of 48). */
  sub?: ReactNode;
  /** Before the title, a way back for instance. */
  before?: ReactNode;
  /** Controls at the right. */
  children?: ReactNode;
  /** Level of the heading; 2 unless said otherwise. */
  level?: 1 | 2;
}

/** The head of a zone: heading, count, line below, controls. */
export function PageHead({ title, count, sub, before, children, level = 2 }: PageHeadProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <header className={classes.head} data-sub={sub !== undefined || undefined}>
      {before}
      <div className={classes.words}>
        <div className={classes.line}>
          <Heading className={classes.title} title={typeof title === "string" ? title : undefined}>{title}</Heading>
          {count === undefined ? null : <span className={classes.count}>{count}</span>}
        </div>
        {sub === undefined ? null : <div className={classes.sub}>{sub}</div>}
      </div>
      {children ? <div className={classes.controls}>{children}</div> : null}
    </header>
  );
}
