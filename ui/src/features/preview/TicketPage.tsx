import { ActionIcon, Button } from "@mantine/core";
import { useEventListener } from "@mantine/hooks";
import { ArrowLeft, EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { usePreviewTicket, useSortedBy } from "@/bridge/reads";
import { attributeName, channelName } from "@/bridge/ticketWords";
import type { ActivityView, TicketView, Viewer } from "@/bridge/types";
import { ticketHref } from "@/features/tickets/paths";
import { factsText, refusalText, ruleText } from "@/bridge/ruleText";
import { EmptyState } from "@/kit/EmptyState";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { useFocusAtStart } from "./focus";
import classes from "./TicketPage.module.css";

interface TicketPageProps {
  viewer: Viewer;
  number: string;
  onBack: () => void;
  onWhy: (number: string) => void;
  /** What a saved person can be expected to see of it; nothing is offered without it. */
  expect?: (user: string, ticket: TicketView) => ReactNode;
}

/** A ticket's page as the person would see it; what she would not see stands there as a ghost. */
export function TicketPage({ viewer, number, onBack, onWhy, expect }: TicketPageProps) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const back = useFocusAtStart<HTMLButtonElement>();
  const page = useEventListener<"keydown", HTMLDivElement>("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onBack();
  });
  const query = usePreviewTicket(viewer, number);
  const ticket = query.data;
  const error = query.isError && !ticket ? errorWords(query.error) : null;
  return (
    <div className={classes.page} ref={page}>
      <div className={classes.head}>
        <ActionIcon aria-label={t("preview.backToLists")} onClick={onBack} ref={back}>
          <ArrowLeft size={15} strokeWidth={1.6} aria-hidden="true" />
        </ActionIcon>
        <div className={classes.words}>
          <h3 className={classes.title}>{ticket?.title ?? "…"}</h3>
          <span className={classes.meta}>{number}</span>
        </div>
        {viewer.id !== null && ticket ? expect?.(viewer.id, ticket) : null}
        <Button variant="subtle" component="a" href={ticketHref(number)} title={t("preview.whoElseHint")}>
          {t("preview.whoElse")}
        </Button>
        <Button variant="default" onClick={() => onWhy(number)}>
          {t("preview.why")}
        </Button>
      </div>
      {error ? (
        <EmptyState kind="error" title={error.title}>
          {error.text}
        </EmptyState>
      ) : ticket ? (
        <div className={classes.body} tabIndex={0} role="region" aria-label={ticket.title}>
          <Answers ticket={ticket} />
          {ticket.attributes.length > 0 ? <Attributes ticket={ticket} /> : null}
          <ol className={classes.activities} aria-label={t("preview.activities")}>
            {ticket.activities.map((activity) => (
              <Activity key={activity.position} activity={activity} openable={ticket.openable} />
            ))}
          </ol>
          {ticket.has_comments ? <Comment ticket={ticket} /> : null}
          <Reply ticket={ticket} />
        </div>
      ) : (
        <p role="status" className={classes.meta}>
          {t("kit.loading")}
        </p>
      )}
    </div>
  );
}

/** Listed and opened are two answers on some desks; both are given. */
function Answers({ ticket }: { ticket: TicketView }) {
  const { t } = useWords();
  const answers = [
    ["listed", ticket.listed],
    ["openable", ticket.openable],
  ] as const;
  return (
    <ul className={classes.answers}>
      {answers.map(([name, answer]) => (
        <li key={name}>
          <VerdictIcon verdict={verdictOf(answer)} /> {t(`preview.answer.${name}.${verdictOf(answer)}`)} <Doubt ticket={ticket} about={name} />
        </li>
      ))}
    </ul>
  );
}

function Attributes({ ticket }: { ticket: TicketView }) {
  const words = useWords();
  const { t, dateTime } = words;
  const by = useSortedBy();
  const times = ["created", "changed"];
  return (
    <dl className={classes.attributes}>
      {ticket.attributes
        .filter(([name]) => name !== "created")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{attributeName(words, name, by)}</dt>
            <dd>{times.includes(name) && value !== "" ? dateTime(value) : value || t("preview.nothing")}</dd>
          </div>
        ))}
      <div>
        <dt>{t("preview.attribute.created")}</dt>
        <dd>
          {dateTime(ticket.created)} <Doubt ticket={ticket} about="attributes" />
        </dd>
      </div>
    </dl>
  );
}

/** What was said or done: as it is shown, or as a ghost with what hides it. */
function Activity({ activity, openable }: { activity: ActivityView; openable: boolean | null }) {
  const words = useWords();
  const { t, tOr, dateTime } = words;
  const meta = `${tOr(`preview.sender.${activity.sender}`, activity.sender)} · ${channelName(words, activity.channel)} · ${dateTime(activity.created)}`;
  const { position, shown, simplified } = activity;
  if (shown !== true) {
    return (
      <li className={classes.activity} data-ghost>
        <span className={classes.ghost}>
          {shown === null ? <VerdictIcon verdict="unknown" size={13} /> : <EyeOff size={13} strokeWidth={1.6} aria-hidden="true" />}{" "}
          {t(shown === null ? "preview.activityUnknown" : "preview.activityHidden", { position })}
        </span>
        <span className={classes.meta}>{meta}</span>
        <Hides activity={activity} openable={openable} />
      </li>
    );
  }
  return (
    <li className={classes.activity}>
      <span className={classes.from}>
        {simplified ? t("preview.simplified") : activity.from} <Assumed activity={activity} />
      </span>
      <span className={classes.meta}>{meta}</span>
      {activity.subject ? <span className={classes.subject}>{activity.subject}</span> : null}
      {simplified ? (
        <span className={classes.meta}>{t("preview.simplifiedText")}</span>
      ) : activity.body === null ? (
        <span className={classes.meta}>{t("preview.noBody")}</span>
      ) : (
        <p className={classes.text}>{activity.body}</p>
      )}
    </li>
  );
}

/** What hides an activity, or keeps it from being told: its ticket's page, or a rule about what is said. */
function Hides({ activity, openable }: { activity: ActivityView; openable: boolean | null }) {
  const words = useWords();
  const { shown, reason, assumed } = activity;
  // The page decides where it is shut, and where it alone cannot be told: one that is hidden anyway says so itself.
  const byPage = openable === false ? "preview.activityPageShut" : openable === null && shown === null ? "preview.activityPageUnknown" : null;
  const told = (shown === false ? refusalText : ruleText)(words, reason.rule, reason.text);
  const rule = shown === null && told !== "" ? words.t("preview.activityHangsOn", { rule: told }) : told;
  const text = [byPage ? words.t(byPage) : "", rule].filter((part) => part !== "").join(" ");
  return (
    <span className={classes.meta} title={factsText(words, reason.facts) || undefined}>
      {text || words.t("preview.activityNoRule")} <StandingBadge standing={assumed.length > 0 ? "A" : reason.standing} />
    </span>
  );
}

/** The mark of what is shown by a rule that is only assumed, with the rule. */
function Assumed({ activity }: { activity: ActivityView }) {
  const words = useWords();
  if (activity.assumed.length === 0) return null;
  return (
    <span title={activity.assumed.map((id) => ruleText(words, id, id)).join("\n")}>
      <StandingBadge standing="A" />
    </span>
  );
}

/** The mark of what an assumed rule decided. */
function Doubt({ ticket, about }: { ticket: TicketView; about: "listed" | "openable" | "attributes" | "may_reply" | "may_comment" | "reply_states" }) {
  return <StandingBadge standing={ticket.assumed_in.includes(about) ? "A" : ""} />;
}

/** The box for an external comment, on desks that have one, never to be written in; or why there is none. */
function Comment({ ticket }: { ticket: TicketView }) {
  const { t } = useWords();
  if (ticket.may_comment !== true) {
    return (
      <p className={classes.noReply}>
        <VerdictIcon verdict={verdictOf(ticket.may_comment)} /> {t(ticket.may_comment === null ? "preview.commentUnknown" : "preview.noComment")} <Doubt ticket={ticket} about="may_comment" />
      </p>
    );
  }
  return (
    <section className={classes.reply} aria-label={t("preview.comment")}>
      <h4>
        {t("preview.comment")} <Doubt ticket={ticket} about="may_comment" />
      </h4>
      <textarea disabled rows={2} aria-label={t("preview.commentText")} value={t("preview.commentReadOnly")} />
    </section>
  );
}

/** The reply box as the portal shows it, never to be written in; or why there is none. */
function Reply({ ticket }: { ticket: TicketView }) {
  const { t } = useWords();
  if (ticket.may_reply !== true) {
    return (
      <p className={classes.noReply}>
        <VerdictIcon verdict={verdictOf(ticket.may_reply)} /> {t(ticket.may_reply === null ? "preview.replyUnknown" : "preview.noReply")} <Doubt ticket={ticket} about="may_reply" />
      </p>
    );
  }
  return (
    <section className={classes.reply} aria-label={t("preview.reply")}>
      <h4>
        {t("preview.reply")} <Doubt ticket={ticket} about="may_reply" />
      </h4>
      <textarea disabled rows={2} aria-label={t("preview.replyText")} value={t("preview.replyReadOnly")} />
      {ticket.reply_states.length === 0 ? null : (
        <>
          <p className={classes.meta}>
            {t("preview.replyStates")} <Doubt ticket={ticket} about="reply_states" />
          </p>
          <ul className={classes.states}>
            {ticket.reply_states.map((state) => (
              <li key={state} data-preset={state === ticket.reply_preset || undefined}>
                {state}
                {state === ticket.reply_preset ? <span className={classes.preset}> {t("preview.preset")}</span> : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
