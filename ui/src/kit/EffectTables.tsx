import { Button, VisuallyHidden } from "@mantine/core";
import { useWords } from "@/words";
import type { Effect, EffectAccount, EffectDoubt } from "./effect";
import { useLinks } from "./links";
import classes from "./EffectTables.module.css";

/** Tickets that are named at once, gained and lost each. */
const NAMED = 2;

interface PeopleProps {
  effect: Effect;
  /** Where the words for a login that is gained or lost are. */
  login?: string;
  /** Whether tickets are named in a column of their own; else they are told to those who hover. */
  tickets?: boolean;
  /** What can be done with somebody: the column's head, what the buttons say, shown and read out, and what they do. */
  action?: { head: string; label: string; labelOf: (name: string) => string; run: (person: { id: string; name: string }) => void };
}

/** The people for whom a change means most: what each gains and loses, with the way to each. */
export function PeopleTable({ effect, login = "kit.effect.login", tickets = false, action }: PeopleProps) {
  const { t, number } = useWords();
  const people = effect.examples;
  if (people.length === 0) return null;
  return (
    <>
      <table className={classes.table}>
        <caption className={classes.caption}>{t("kit.effect.people")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("kit.effect.person")}</th>
            <th scope="col">{t("kit.effect.account")}</th>
            <FigureHeads />
            {tickets ? (
              <th scope="col" className={classes.tickets}>
                {t("kit.effect.tickets")}
              </th>
            ) : null}
            {action ? (
              <th scope="col">
                <VisuallyHidden>{action.head}</VisuallyHidden>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <PersonName of={one} />
                {one.login_change === "" ? null : <span className={classes.login}>{t(`${login}.${one.login_change}`)}</span>}
              </th>
              <td className={classes.account} title={one.account}>
                {one.account}
              </td>
              <Figures gained={one.gained} lost={one.lost} tickets={tickets ? undefined : [one.gained_tickets, one.lost_tickets]} />
              {tickets ? (
                <td className={classes.tickets}>
                  <Numbers sign="+" of={one.gained_tickets} all={one.gained} className={classes.gained} />
                  <Numbers sign="−" of={one.lost_tickets} all={one.lost} className={classes.lost} />
                </td>
              ) : null}
              {action ? (
                <td className={classes.action}>
                  <Button variant="default" size="compact-sm" aria-label={action.labelOf(one.name || one.login)} onClick={() => action.run({ id: one.id, name: one.name || one.login })}>
                    {action.label}
                  </Button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {people.length < effect.affected ? <p className={classes.muted}>{t("kit.effect.most", { number: number(people.length), all: number(effect.affected) })}</p> : null}
    </>
  );
}

/** The name with the way to the form; the login for those who hover. */
function PersonName({ of }: { of: EffectDoubt }) {
  const links = useLinks();
  return (
    <a href={links.person(of.id)} title={of.login} className={classes.name}>
      {of.name || of.login}
    </a>
  );
}

/** Numbers of some tickets, and that there are more. */
function Numbers({ sign, of, all, className }: { sign: string; of: readonly string[]; all: number; className: string | undefined }) {
  if (of.length === 0) return null;
  return (
    <span className={className} title={of.join(", ")}>
      {sign} {of.slice(0, NAMED).join(", ")}
      {all > NAMED ? " …" : ""}
    </span>
  );
}

/** The accounts for whose people a change means most. */
export function AccountsTable({ effect }: { effect: Effect }) {
  const { t, number } = useWords();
  const { accounts, accounts_total: total } = effect;
  if (accounts.length === 0) return null;
  return (
    <>
      <table className={classes.table}>
        <caption className={classes.caption}>{t("kit.effect.accounts", { count: total, number: number(total) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("kit.effect.account")}</th>
            <th scope="col" className={classes.figure}>
              {t("kit.effect.peopleCount")}
            </th>
            <FigureHeads />
          </tr>
        </thead>
        <tbody>
          {accounts.map((one) => (
            <tr key={one.id ?? ""}>
              <th scope="row">
                <AccountName of={one} />
              </th>
              <td className={classes.figure}>{number(one.people)}</td>
              <Figures gained={one.gained} lost={one.lost} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.muted}>
        {accounts.length < total ? `${t("kit.effect.mostAccounts", { number: number(accounts.length), all: number(total) })} ` : ""}
        {t("kit.effect.summed")}
      </p>
    </>
  );
}

function AccountName({ of }: { of: EffectAccount }) {
  const { t } = useWords();
  const links = useLinks();
  if (of.id === null) return t("kit.effect.noAccount");
  return (
    <a href={links.account(of.id)} className={classes.name}>
      {of.name}
    </a>
  );
}

/** Tickets that somebody gains or loses, each once, by queue. */
export function PlacesTable({ effect }: { effect: Pick<Effect, "by" | "places" | "places_total"> }) {
  const { t, number } = useWords();
  const { places, places_total: total } = effect;
  const by = effect.by || "queue";
  if (places.length === 0) return null;
  return (
    <>
      <table className={classes.table}>
        <caption className={classes.caption}>{t(`place.each.${by}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`place.one.${by}`)}</th>
            <FigureHeads />
          </tr>
        </thead>
        <tbody>
          {places.map((one) => (
            <tr key={one.place}>
              <th scope="row">{one.place || t(`place.none.${by}`)}</th>
              <Figures gained={one.gained} lost={one.lost} />
            </tr>
          ))}
        </tbody>
      </table>
      {places.length < total ? <p className={classes.muted}>{t("kit.effect.mostPlaces", { number: number(places.length), all: number(total), places: t(`place.of.${by}`) })}</p> : null}
    </>
  );
}

/** Of how many it cannot be told, with the names of some. */
export function Doubtful({ effect }: { effect: Effect }) {
  const { t, number } = useWords();
  if (effect.unknown === 0) return null;
  const more = effect.unknown - effect.doubtful.length;
  return (
    <section className={classes.doubtful} aria-label={t("kit.effect.doubtful")}>
      <p className={classes.doubt}>{t("kit.consequence.unknown", { count: effect.unknown, number: number(effect.unknown) })}</p>
      <ul className={classes.names}>
        {effect.doubtful.map((one) => (
          <li key={one.id}>
            <PersonName of={one} /> {one.account === "" ? null : <span className={classes.muted}>{one.account}</span>}
          </li>
        ))}
        {more > 0 ? <li className={classes.muted}>{t("kit.effect.more", { count: more, number: number(more) })}</li> : null}
      </ul>
    </section>
  );
}

function FigureHeads() {
  const { t } = useWords();
  return (["gained", "lost"] as const).map((key) => (
    <th key={key} scope="col" className={classes.figure}>
      {t(`kit.effect.${key}`)}
    </th>
  ));
}

/** What is gained and what is lost; some tickets for those who hover. */
function Figures({ gained, lost, tickets = [[], []] }: { gained: number; lost: number; tickets?: readonly [readonly string[], readonly string[]] }) {
  const { number } = useWords();
  return (
    <>
      <td className={classes.figure}>{gained > 0 ? <span className={classes.gained} title={tickets[0].join(", ") || undefined}>+{number(gained)}</span> : null}</td>
      <td className={classes.figure}>{lost > 0 ? <span className={classes.lost} title={tickets[1].join(", ") || undefined}>−{number(lost)}</span> : null}</td>
    </>
  );
}
