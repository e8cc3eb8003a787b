import type { Exposure, ExposureOf } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import { Consequence } from "@/kit/Consequence";
import { useWords } from "@/words";
import classes from "./Desks.module.css";

/** Who would see more or less by the rules of another desk. */
export function DesksResult({ found, desk }: { found: Exposure; desk: string }) {
  const { t, number } = useWords();
  const cut = found.examples.length < found.affected;
  return (
    <>
      <Consequence title={t("elsewhere.with", { desk })} effect={{ ...found, examples: [], broken: [] }} working={null} />
      {found.affected === 0 && found.complete ? <p className={classes.muted}>{t("elsewhere.asOne")}</p> : null}
      {found.examples.length > 0 ? (
        <table className={classes.table}>
          <caption className={classes.caption}>{t("elsewhere.people")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("elsewhere.column.person")}</th>
              <th scope="col">{t("elsewhere.column.account")}</th>
              <th scope="col" className={classes.figure}>
                {t("elsewhere.column.gained")}
              </th>
              <th scope="col" className={classes.figure}>
                {t("elsewhere.column.lost")}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.examples.map((one) => (
              <Person key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      ) : null}
      {cut ? <p className={classes.muted}>{t("elsewhere.most", { number: number(found.examples.length), all: number(found.affected) })}</p> : null}
      {found.queues.length > 0 ? <Queues found={found} /> : null}
    </>
  );
}

function Person({ one }: { one: ExposureOf }) {
  const { t, number } = useWords();
  const login = one.login_change === "" ? null : t(`elsewhere.login.${one.login_change}`);
  return (
    <tr>
      <th scope="row" className={classes.person}>
        <a href={userHref(one.id)} title={one.login}>
          {one.name || one.login}
        </a>
        {login ? <span className={classes.login}>{login}</span> : null}
      </th>
      <td className={classes.account} title={one.account}>
        {one.account}
      </td>
      <td className={classes.figure}>
        {one.gained > 0 ? (
          <span className={classes.gained} title={one.gained_tickets.join(", ")}>
            +{number(one.gained)}
          </span>
        ) : null}
      </td>
      <td className={classes.figure}>
        {one.lost > 0 ? (
          <span className={classes.lost} title={one.lost_tickets.join(", ")}>
            −{number(one.lost)}
          </span>
        ) : null}
      </td>
    </tr>
  );
}

/** Tickets that somebody gains or loses, each once, by queue. */
function Queues({ found }: { found: Exposure }) {
  const { t, number } = useWords();
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{t("elsewhere.queues")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("elsewhere.queue")}</th>
          <th scope="col" className={classes.figure}>
            {t("elsewhere.column.gained")}
          </th>
          <th scope="col" className={classes.figure}>
            {t("elsewhere.column.lost")}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.queues.map((one) => (
          <tr key={one.queue}>
            <th scope="row">{one.queue || t("elsewhere.noQueue")}</th>
            <td className={classes.figure}>{one.gained > 0 ? <span className={classes.gained}>+{number(one.gained)}</span> : null}</td>
            <td className={classes.figure}>{one.lost > 0 ? <span className={classes.lost}>−{number(one.lost)}</span> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
