import { Button, Select } from "@mantine/core";
import { Users } from "lucide-react";
import { useState } from "react";
import { asApiError } from "@/bridge/error";
import { settingTitle } from "@/bridge/ruleText";
import { useTicketHead, useWho, useWhoCount } from "@/bridge/tickets";
import { channelName } from "@/bridge/ticketWords";
import type { ActivityHead, WhoCounts } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { FilterTabs } from "@/kit/FilterTabs";
import { PageHead } from "@/kit/PageHead";
import { StandingBadge } from "@/kit/StandingBadge";
import { useWords, type Words } from "@/words";
import { ExportMenu } from "./ExportMenu";
import { PersonLine } from "./PersonLine";
import { useWhoExport } from "./useWhoExport";
import classes from "./Tickets.module.css";

const PARTS = ["all", "may_log_in", "listed", "openable", "unknown"] as const;
type Part = (typeof PARTS)[number];

function activityText(words: Words, { position, channel, sender, visible, created }: ActivityHead): string {
  const text = words.t("tickets.activity", { position, channel: channelName(words, channel), sender: words.tOr(`preview.sender.${sender}`, sender), when: words.dateTime(created) });
  return visible ? text : `${text} (${words.t("tickets.internal")})`;
}

/** Everybody who can see a ticket, or what was said on it, with the reason. */
export function WhoZone({ number: ticket }: { number: string }) {
  const words = useWords();
  const { t } = words;
  const [activity, setActivity] = useState<number | null>(null);
  const [part, setPart] = useState<Part>("all");
  const head = useTicketHead(ticket);
  const counts = useWhoCount(ticket, activity).data;
  const said = head.data?.activities ?? [];
  const file = useWhoExport({ ticket, activity, part });
  const choose = (value: string | null) => {
    setActivity(value === null || value === "" ? null : Number(value));
    setPart("all");
  };
  if (head.isError) return <FailedState error={asApiError(head.error)} onRetry={() => void head.refetch()} />;
  return (
    <section className={classes.zone} aria-label={t("tickets.who")}>
      <PageHead title={head.data?.ticket.title ?? "…"} sub={[ticket, head.data?.ticket.place, head.data?.ticket.state].filter(Boolean).join(" · ")}>
        <ExportMenu file={file} />
      </PageHead>
      <div className={classes.filters}>
        <Select
          aria-label={t("tickets.about")}
          data={[{ value: "", label: t("tickets.ticket") }, ...said.map((one) => ({ value: String(one.position), label: activityText(words, one) }))]}
          value={activity === null ? "" : String(activity)}
          onChange={choose}
          allowDeselect={false}
        />
      </div>
      <Parts counts={counts} activity={activity} value={part} onChange={setPart} />
      {counts && counts.unknown_settings.length > 0 ? (
        <p className={classes.notice}>
          {t("tickets.unknownSettings", { count: counts.unknown_settings.length })} <a href="#/portal">{t("tickets.toSettings")}</a>
        </p>
      ) : null}
      {counts?.hanging.map((of) => (
        <p key={of.setting} className={classes.notice}>
          <StandingBadge standing="A" /> {t("tickets.hanging", { count: of.people, figure: words.number(of.people), title: settingTitle(words, of.setting) })} <a href="#/portal">{t("tickets.toSettings")}</a>
        </p>
      ))}
      <People key={`${String(activity)} ${part}`} ticket={ticket} activity={activity} part={part} counts={counts} />
    </section>
  );
}

interface PartsProps {
  counts: WhoCounts | undefined;
  activity: number | null;
  value: Part;
  onChange: (part: Part) => void;
}

/** The parts of those who see it, with counts; only those that say something here. */
function Parts({ counts, activity, value, onChange }: PartsProps) {
  const { t } = useWords();
  const says = (part: Part) => {
    if (part === "unknown") return value === part || (counts?.unknown ?? 0) > 0;
    // What was said is read on the ticket's page only.
    return activity === null || (part !== "listed" && part !== "openable");
  };
  const tabs = PARTS.filter(says).map((part) => ({ value: part, label: t(`tickets.part.${part}`), count: counts?.[part] }));
  return <FilterTabs label={t("tickets.parts")} tabs={tabs} value={value} onChange={onChange} />;
}

function People({ ticket, activity, part, counts }: { ticket: string; activity: number | null; part: Part; counts: WhoCounts | undefined }) {
  const { t, number } = useWords();
  const total = counts?.[part];
  const unsure = counts?.unknown ?? 0;
  const query = useWho(ticket, activity, part);
  const people = query.data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t(`tickets.part.${part}`)} aria-busy={query.isFetching}>
      {query.isError ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
      {query.isSuccess && people.length === 0 ? (
        <EmptyState icon={Users} title={t(unsure > 0 ? "tickets.nobodyCertain" : "tickets.nobody")}>
          {unsure > 0 ? t("tickets.nobodyCertainText", { count: unsure, figure: number(unsure) }) : t("tickets.nobodyText")}
        </EmptyState>
      ) : null}
      <ul className={classes.rows} aria-label={t(`tickets.part.${part}`)}>
        {people.map((person) => (
          <PersonLine key={person.id} person={person} ticket={ticket} activity={activity} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className={classes.foot}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("tickets.more")}
          </Button>
          {total === undefined ? null : <span>{t("tickets.shown", { shown: number(people.length), total: number(total) })}</span>}
        </div>
      ) : null}
    </div>
  );
}
