import { Button, VisuallyHidden } from "@mantine/core";
import type { Exposure, ExposureOf } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import { Consequence } from "@/kit/Consequence";
import { useWords } from "@/words";
import classes from "./Desks.module.css";

/** Who would see more or less by the rules of another desk. */
export function DesksResult({ found, desk, onPerson }: { found: Exposure; desk: string; onPerson: (person: { id: string; name: string }) => void }) {
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
              <FigureHeads />
              <th scope="col">
                <VisuallyHidden>{t("elsewhere.column.there")}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.examples.map((one) => (
              <Person key={one.id} one={one} onOpen={() => onPerson({ id: one.id, name: one.name || one.login })} />
            ))}
          </tbody>
        </table>
      ) : null}
      {cut ? <p className={classes.muted}>{t("elsewhere.most", { number: number(found.examples.length), all: number(found.affected) })}</p> : null}
      {found.queues.length > 0 ? <Queues found={found} /> : null}
    </>
  );
}

function Person({ one, onOpen }: { one: ExposureOf; onOpen: () => void }) {
  const { t } = useWords();
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
      <Figures gained={one.gained} lost={one.lost} tickets={[one.gained_tickets, one.lost_tickets]} />
      <td className={classes.there}>
        <Button variant="default" size="compact-sm" aria-label={t("elsewhere.openPerson", { name: one.name || one.login })} onClick={onOpen}>
          {t("elsewhere.open")}
        </Button>
      </td>
    </tr>
  );
}

/** Tickets that somebody gains or loses, each once, by queue. */
function Queues({ found }: { found: Exposure }) {
  const { t } = useWords();
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{t("elsewhere.queues")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("elsewhere.queue")}</th>
            <FigureHeads />
        </tr>
      </thead>
      <tbody>
        {found.queues.map((one) => (
          <tr key={one.queue}>
            <th scope="row">{one.queue || t("elsewhere.noQueue")}</th>
            <Figures gained={one.gained} lost={one.lost} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FigureHeads() {
  const { t } = useWords();
  return (["gained", "lost"] as const).map((key) => (
    <th key={key} scope="col" className={classes.figure}>
      {t(`elsewhere.column.${key}`)}
    </th>
  ));
}

/** What is gained and what is lost; the newest tickets for those who hover. */
function Figures({ gained, lost, tickets = [[], []] }: { gained: number; lost: number; tickets?: readonly [readonly string[], readonly string[]] }) {
  const { number } = useWords();
  return (
    <>
      <td className={classes.figure}>{gained > 0 ? <span className={classes.gained} title={tickets[0].join(", ") || undefined}>+{number(gained)}</span> : null}</td>
      <td className={classes.figure}>{lost > 0 ? <span className={classes.lost} title={tickets[1].join(", ") || undefined}>−{number(lost)}</span> : null}</td>
    </>
  );
}
