import { Button, Drawer } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { deskOf } from "@/bridge/desks";
import { usePersonElsewhere } from "@/bridge/elsewhere";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import type { FoundTicket, PersonElsewhere as Found, Viewer } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { useWords } from "@/words";
import { HowFar } from "./HowFar";
import { StatementList } from "./Statements";
import classes from "./Person.module.css";

/** Eyes of a person by another desk's rules: given from outside, as features do not know each other. */
export interface Eyes {
  preview: (viewer: Viewer, why: string | null, onWhy: (number: string) => void) => ReactNode;
  why: (viewer: Viewer, number: string, onClose: () => void) => ReactNode;
}

interface PersonElsewhereProps {
  /** Who; null for nobody. */
  person: { id: string; name: string } | null;
  /** The other desk. */
  to: string;
  eyes: Eyes;
  onClose: () => void;
}

/** One person by the rules of another desk: what does not translate, what she gains and loses, and the portal there. */
export function PersonElsewhere({ person, to, eyes, onClose }: PersonElsewhereProps) {
  const { t } = useWords();
  const desk = deskOf(to)?.name ?? to;
  return (
    <Drawer
      opened={person !== null}
      onClose={onClose}
      position="right"
      size="min(100%, 68rem)"
      title={person ? t("elsewhere.personTitle", { name: person.name, desk }) : null}
      closeButtonProps={{ "aria-label": t("kit.close") }}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.content, body: classes.body }}
    >
      {person ? <Person key={`${to} ${person.id}`} id={person.id} to={to} eyes={eyes} /> : null}
    </Drawer>
  );
}

function Person({ id, to, eyes }: { id: string; to: string; eyes: Eyes }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const work = usePersonElsewhere();
  const [why, setWhy] = useState<string | null>(null);
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  const look = () => {
    latest.current.run({ to, id }).catch(() => undefined);
  };
  // Asked once when the person is opened; nobody waits for the answer when she is closed.
  useEffect(() => {
    latest.current.run({ to, id }).catch(() => undefined);
    return () => latest.current.cancel();
  }, [to, id]);
  if (work.data) {
    const viewer: Viewer = { id, draft: null, desk: to };
    return (
      <div className={classes.sides}>
        <div className={classes.told}>
          {why === null ? <Told found={work.data} desk={deskOf(to)?.name ?? to} onWhy={setWhy} onAgain={look} running={work.running} /> : eyes.why(viewer, why, () => setWhy(null))}
        </div>
        <div className={classes.portal}>{eyes.preview(viewer, why, setWhy)}</div>
      </div>
    );
  }
  if (work.error !== null && !work.running) {
    const stopped = asApiError(work.error).code === "cancelled";
    const { title, text } = errorWords(work.error);
    return (
      <EmptyState kind={stopped ? undefined : "error"} title={stopped ? t("elsewhere.notLooked") : title}>
        {stopped ? null : <p>{text}</p>}
        <Button variant="default" onClick={look}>
          {t("elsewhere.look")}
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className={classes.waiting}>
      <HowFar news={work.news} />
      <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
        {t("kit.cancel")}
      </Button>
    </div>
  );
}

interface ToldProps {
  found: Found;
  desk: string;
  running: boolean;
  onWhy: (number: string) => void;
  onAgain: () => void;
}

function Told({ found, desk, running, onWhy, onAgain }: ToldProps) {
  const { t } = useWords();
  const login = found.login_change === "" ? null : t(`elsewhere.login.${found.login_change}`);
  const same = found.gained + found.lost === 0 && login === null && !found.unknown;
  return (
    <>
      <section aria-label={t("elsewhere.ofHer")}>
        <h3 className={classes.heading}>{t("elsewhere.ofHer")}</h3>
        <StatementList statements={found.statements.filter((one) => one.effect !== "same")} />
        <p className={classes.muted}>{t("elsewhere.ofHerText")}</p>
      </section>
      {/* No landmark: the page behind has one of this name. */}
      <div>
        <h3 className={classes.heading}>{t("elsewhere.with", { desk })}</h3>
        {login ? <p className={classes.login}>{login}</p> : null}
        {same ? <p>{t("elsewhere.sameForHer")}</p> : null}
        {found.unknown ? <p className={classes.doubt}>{t("compare.unknown")}</p> : null}
        <Tickets effect="gained" count={found.gained} tickets={found.gained_tickets} onWhy={onWhy} />
        <Tickets effect="lost" count={found.lost} tickets={found.lost_tickets} onWhy={onWhy} />
      </div>
      <p>
        <Button variant="default" disabled={running} onClick={onAgain}>
          {t("elsewhere.lookAgain")}
        </Button>
      </p>
    </>
  );
}

/** Tickets that are only seen by one of the two desks' rules; each leads to its reason by the other's. */
function Tickets({ effect, count, tickets, onWhy }: { effect: "gained" | "lost"; count: number; tickets: readonly FoundTicket[]; onWhy: (number: string) => void }) {
  const { t, number } = useWords();
  if (count === 0) return null;
  const title = t(`elsewhere.${effect}Tickets`, { count, number: number(count) });
  return (
    <section aria-label={title}>
      <h4 className={classes[effect]}>{title}</h4>
      <ul className={classes.tickets}>
        {tickets.map((ticket) => (
          <li key={ticket.number}>
            <button type="button" className={classes.ticket} title={t("elsewhere.whyThere")} onClick={() => onWhy(ticket.number)}>
              {ticket.number}
            </button>{" "}
            {ticket.title} <span className={classes.muted}>{ticket.place}</span>
          </li>
        ))}
      </ul>
      {count > tickets.length ? <p className={classes.muted}>{t("compare.more", { count: count - tickets.length, number: number(count - tickets.length) })}</p> : null}
    </section>
  );
}
