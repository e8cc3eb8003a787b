import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./MoreFields.module.css";

interface MoreFieldsProps {
  /** What is behind it. */
  title: string;
  /** How much of it is filled in, or the like. */
  aside?: ReactNode;
  /** Why it stands apart; read once it is open. */
  text: string;
  open: boolean;
  onOpen: (open: boolean) => void;
  children: ReactNode;
}

/** Fields that stand behind a word at the end of a form. */
export function MoreFields({ title, aside, text, open, onOpen, children }: MoreFieldsProps) {
  return (
    <section className={classes.more} aria-label={title}>
      <button type="button" className={classes.head} aria-expanded={open} onClick={() => onOpen(!open)}>
        <ChevronRight size={14} strokeWidth={1.8} aria-hidden="true" className={classes.sign} />
        <span className={classes.title}>{title}</span>
        {aside ? <span className={classes.aside}>{aside}</span> : null}
      </button>
      {open ? (
        <>
          <p className={classes.text}>{text}</p>
          {children}
        </>
      ) : null}
    </section>
  );
}
