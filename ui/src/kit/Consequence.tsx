import { Loader } from "@mantine/core";
import { useWords } from "@/words";
import { BrokenList } from "./BrokenList";
import type { Effect, EffectFile, EffectPerson } from "./effect";
import { ShowAll } from "./EffectDetails";
import { useLinks } from "./links";
import classes from "./Consequence.module.css";

interface ConsequenceProps {
  /** What it is the consequence of, in words; of saving without it. */
  title?: string;
  /** The answer; null while it is worked out, or where it was stopped. */
  effect: Effect | null;
  /** How many people were looked at so far; null while nothing is worked out. */
  working: number | null;
  /** Why there is no answer, in words. */
  failed?: string | null;
  /** Whether somebody is named at once; everybody unless it is said. */
  names?: (person: EffectPerson) => boolean;
  /** Whether all of it stands beside it already. */
  brief?: boolean;
  /** The way of everybody into a file, where there is one. */
  file?: EffectFile;
  onStop?: () => void;
  /** Begins, where it was stopped or failed. */
  onStart?: () => void;
}

/** People named at once. */
const NAMED = 4;

/** What a change would do, before it is saved: people and tickets gained and lost. Long work can be stopped. */
export function Consequence({ title, effect, working, failed = null, names, brief = false, file, onStop, onStart }: ConsequenceProps) {
  const { t, number } = useWords();
  const named = title ?? t("kit.consequence.title");
  return (
    <section className={classes.box} aria-label={named} aria-busy={working !== null}>
      <div className={classes.line} role="status">
        <span className={classes.title}>{named}</span>
        {working !== null ? (
          <>
            <Loader size={12} aria-hidden="true" />
            <span>{t("kit.consequence.working", { count: working, number: number(working) })}</span>
            <button type="button" className={classes.stop} onClick={onStop}>
              {t("kit.consequence.stop")}
            </button>
          </>
        ) : effect ? (
          <>
            <Told effect={effect} />
            {brief ? null : <ShowAll effect={effect} title={named} file={file} />}
          </>
        ) : (
          <>
            <span className={classes.doubt}>{failed ?? t("kit.consequence.stopped")}</span>
            <button type="button" className={classes.stop} onClick={onStart}>
              {t("kit.consequence.start")}
            </button>
          </>
        )}
      </div>
      {working === null && effect && !brief ? <Examples people={names ? effect.examples.filter(names) : effect.examples} /> : null}
      {working === null && effect?.broken ? <BrokenList broken={effect.broken} /> : null}
    </section>
  );
}

function Told({ effect }: { effect: Effect }) {
  const { t, number } = useWords();
  const part = (key: string, people: number, tickets: number) =>
    t(`kit.consequence.${key}`, { count: people, people: number(people), tickets: t("kit.consequence.tickets", { count: tickets, number: number(tickets) }) });
  const still = effect.gaining + effect.losing + effect.logins_gained + effect.logins_lost === 0;
  return (
    <>
      {effect.gaining > 0 ? <span className={classes.gained}>{part("gain", effect.gaining, effect.tickets_gained)}</span> : null}
      {effect.losing > 0 ? <span className={classes.lost}>{part("lose", effect.losing, effect.tickets_lost)}</span> : null}
      {effect.logins_gained > 0 ? <span className={classes.gained}>{t("kit.consequence.mayLogIn", { count: effect.logins_gained, number: number(effect.logins_gained) })}</span> : null}
      {effect.logins_lost > 0 ? <span className={classes.lost}>{t("kit.consequence.mayNotLogIn", { count: effect.logins_lost, number: number(effect.logins_lost) })}</span> : null}
      {still && effect.unknown === 0 ? <span>{t(effect.complete ? "kit.consequence.nothing" : "kit.consequence.noModel")}</span> : null}
      {effect.unknown > 0 ? <span className={classes.doubt}>{t("kit.consequence.unknown", { count: effect.unknown, number: number(effect.unknown) })}</span> : null}
    </>
  );
}

/** Some of those for whom it means most, each with the way to it. */
export function Examples({ people }: { people: readonly EffectPerson[] }) {
  const { t, number } = useWords();
  const links = useLinks();
  const named = people.slice(0, NAMED);
  if (named.length === 0) return null;
  return (
    <ul className={classes.examples} aria-label={t("kit.consequence.most")}>
      {named.map((one) => (
        <li key={one.id}>
          <a href={links.person(one.id)} title={one.account} className={classes.person}>
            {one.name || one.login}
          </a>{" "}
          {one.gained > 0 ? <span className={classes.gained} title={one.gained_tickets.join(", ")}>+{number(one.gained)}</span> : null}{" "}
          {one.lost > 0 ? <span className={classes.lost} title={one.lost_tickets.join(", ")}>−{number(one.lost)}</span> : null}
        </li>
      ))}
    </ul>
  );
}
