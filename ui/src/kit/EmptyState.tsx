import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  /** Drawn above the title. */
  icon?: LucideIcon;
  /** What is the case. */
  title: string;
  /** Why, and what one could do. */
  children?: ReactNode;
  /** The way out. */
  action?: ReactNode;
  /** `error` is announced at once and has the colour of a refusal. */
  kind?: "empty" | "error";
}

/** Says why there is nothing here and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action, kind = "empty" }: EmptyStateProps) {
  return (
    <div className={classes.empty} data-kind={kind} role={kind === "error" ? "alert" : undefined}>
      {Icon ? <Icon size={22} strokeWidth={1.6} aria-hidden="true" className={classes.icon} /> : null}
      <p className={classes.title}>{title}</p>
      {children ? <div className={classes.text}>{children}</div> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}
