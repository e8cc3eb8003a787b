import type { KeyboardEvent } from "react";
import type { TicketRow } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon, type Verdict } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { assumedOf, factsText, reasonLine, ruleText, untoldShort, untoldText } from "@/bridge/ruleText";
import classes from "./TicketLine.module.css";

interface TicketLineProps {
  ticket: TicketRow;
  /** Its place in the list, and where it is drawn, in pixels. */
  index: number;
  top: number;
  height: number;
  /** Whether a list shows it: passed, blocked, or unknown. */
  verdict: Verdict;
  /** Whether the Tab key stops here. */
  stop: boolean;
  onFocus: () => void;
  /** Whether its "why" is open. */
  asked: boolean;
  onOpen: (number: string) => void;
  /** Keys that move to the tickets above and below. */
  onStep: (event: KeyboardEvent<HTMLElement>) => void;
  onWhy: (number: string) => void;
}

const BECAUSE = { passed: "preview.listedBecause", blocked: "preview.notListed", unknown: "preview.untoldBecause", skipped: "preview.untoldBecause" };

/** A ticket in a list: what it is, why it is here, and a way to ask further. */
export function TicketLine({ ticket, index, top, height, verdict, stop, onFocus, asked, onOpen, onStep, onWhy }: TicketLineProps) {
  const words = useWords();
  const { t } = words;
  const ghost = verdict !== "passed";
  const untold = ticket.untold.map((one) => untoldShort(words, one)).join(" · ");
  const reason = untold || reasonLine(words, ticket.reason, !ghost);
  const whole = untold === "" ? reason : ticket.untold.map((one) => untoldText(words, one)).join("\n");
  const gained = ticket.change === "gained";
  const lost = ticket.change === "lost";
  return (
    <div
      role="listitem"
      data-index={index}
      className={classes.row}
      data-gained={gained || undefined}
      data-lost={lost || undefined}
      data-ghost={ghost || undefined}
      data-untold={verdict === "unknown" || undefined}
      data-asked={asked || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <button type="button" tabIndex={stop ? 0 : -1} className={classes.open} onFocus={onFocus} onClick={() => onOpen(ticket.number)} onKeyDown={onStep} title={ticket.title}>
        <span className={classes.title}>{ticket.title}</span>
        <span className={classes.meta}>
          <span className={classes.number}>{ticket.number}</span>
          <span className={classes.place}>{ticket.place}</span>
          {gained || lost ? (
            // In the place of its age, so that the reason below keeps its room.
            <span className={gained ? classes.gained : classes.lost} title={words.dateTime(ticket.created)}>
              {t(gained ? "preview.afterSaving" : "preview.lostAfterSaving")}
            </span>
          ) : (
            <time dateTime={ticket.created} title={words.dateTime(ticket.created)}>
              {words.ago(ticket.created)}
            </time>
          )}
        </span>
        <span className={classes.reason}>
          <VerdictIcon verdict={verdict} size={11} label={t(BECAUSE[verdict])} />
          <span className={classes.reasonText} title={`${whole}\n${factsText(words, ticket.reason.facts)}`}>
            {reason}
          </span>
          {assumedOf(ticket).length > 0 ? (
            <span className={classes.assumed} title={assumedOf(ticket).map((rule) => ruleText(words, rule, rule)).join("\n")}>
              <StandingBadge standing="A" small />
            </span>
          ) : null}
          {!ghost && ticket.openable === false ? <span className={classes.shut}>{t("preview.cannotOpenShort")}</span> : null}
          {ticket.openable === null && verdict !== "unknown" ? <span className={classes.doubt}>{t("preview.openUnknownShort")}</span> : null}
        </span>
      </button>
      <button
        type="button"
        tabIndex={stop ? 0 : -1}
        className={classes.why}
        onFocus={onFocus}
        aria-label={t("preview.whyTicket", { title: ticket.title, number: ticket.number })}
        aria-pressed={asked}
        onClick={() => onWhy(ticket.number)}
        onKeyDown={onStep}
      >
        ?
      </button>
    </div>
  );
}
