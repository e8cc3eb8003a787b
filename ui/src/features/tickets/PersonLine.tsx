import { factsText, reasonLine } from "@/bridge/ruleText";
import type { WhoPerson } from "@/bridge/types";
import { usersHref } from "@/features/users/paths";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import classes from "./Tickets.module.css";

interface PersonLineProps {
  person: WhoPerson;
  ticket: string;
  activity: number | null;
}

/** Somebody who can see a ticket: how, and by which rule. The name leads to her form with the whole reason. */
export function PersonLine({ person, ticket, activity }: PersonLineProps) {
  const words = useWords();
  const { t, tOr } = words;
  const name = person.name || person.login;
  const lists = person.lists.map((list) => tOr(`preview.list.${list}`, list)).join(", ");
  const seen = person.listed === true || person.openable === true;
  const doubt = person.listed === null || person.openable === null;
  const reason = reasonLine(words, person.reason, seen ? true : doubt ? null : false);
  return (
    <li className={classes.person}>
      <span className={classes.who}>
        <a className={classes.name} href={usersHref({ id: person.id, why: ticket })} title={t("tickets.whyOf", { name, number: ticket })}>
          {name}
        </a>
        <span className={classes.mono}>{person.login}</span>
      </span>
      <span className={classes.account}>{person.account}</span>
      <span className={classes.ways}>
        {lists === "" ? null : (
          <span className={classes.way}>
            <VerdictIcon verdict="passed" size={11} /> {t("tickets.found", { lists })}
          </span>
        )}
        <span className={classes.way}>
          <VerdictIcon verdict={verdictOf(person.openable)} size={11} />{" "}
          {t(person.openable === null ? "tickets.cannotTell" : person.openable ? "tickets.opens" : "tickets.opensNot")}
        </span>
        {person.reply === true && activity === null ? (
          <span className={classes.way}>
            <VerdictIcon verdict="passed" size={11} /> {t("tickets.replies")}
          </span>
        ) : null}
        {person.may_log_in === false ? (
          <span className={classes.way}>
            <VerdictIcon verdict="blocked" size={11} /> {t("tickets.mayNotLogIn")}
          </span>
        ) : null}
        {person.assumed.length > 0 ? <StandingBadge standing="A" /> : null}
      </span>
      <span className={classes.reason} title={`${reason}\n${factsText(words, person.reason.facts)}`}>
        {reason}
      </span>
    </li>
  );
}
