import { type ReactNode, useId } from "react";
import { useWords } from "@/words";
import classes from "./Overview.module.css";

interface CardProps {
  title: string;
  /** Grey, beside the title. */
  sub?: string;
  /** Where more of it is. */
  link?: { href: string; text: string };
  busy?: boolean;
  children: ReactNode;
}

/** One matter of the overview. */
export function Card({ title, sub, link, busy, children }: CardProps) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id} aria-busy={busy}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {sub === undefined ? null : <span className={classes.sub}>{sub}</span>}
        {link === undefined ? null : (
          <a className={classes.more} href={link.href}>
            {link.text}
          </a>
        )}
      </header>
      {children}
    </section>
  );
}

/** The one number that a card is about. */
export function Figure({ value, text }: { value: number; text: string }) {
  const { number } = useWords();
  return (
    <p className={classes.figure}>
      <strong>{number(value)}</strong> {text}
    </p>
  );
}

/** A line of a chart: a figure with its name. */
export interface Bar {
  key: string;
  /** A sign before the name, with a name of its own. */
  icon?: ReactNode;
  name: string;
  value: number;
  /** Where the things are that were counted. */
  href?: string;
  /** What the bar's colour says as well. */
  tone?: "yours" | "serious" | "warning";
}

/** Figures with bars, to be read as a list: the bars add nothing that the figures do not say. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key}>
          {bar.href === undefined ? (
            <span className={classes.bar}>
              <Inside bar={bar} most={most} />
            </span>
          ) : (
            <a className={classes.bar} href={bar.href}>
              <Inside bar={bar} most={most} />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function Inside({ bar, most }: { bar: Bar; most: number }) {
  const { number } = useWords();
  return (
    <>
      {bar.icon}
      <span className={classes.name}>{bar.name}</span>
      <span className={classes.track} aria-hidden="true">
        {bar.value === 0 ? null : <span className={classes.fill} data-tone={bar.tone} style={{ width: `${String((100 * bar.value) / most)}%` }} />}
      </span>
      <span className={classes.value}>{number(bar.value)}</span>
    </>
  );
}
