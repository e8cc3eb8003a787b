import { Button, Checkbox, Modal } from "@mantine/core";
import { Printer } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { usePreviewPages, useSortedBy, useWorkspace } from "@/bridge/reads";
import { useErrorWords } from "@/bridge/errorWords";
import { assumedOf, factsText, reasonLine, refusalText, ruleText, surenessOf, untoldText } from "@/bridge/ruleText";
import type { AssumedRule, Preview, TicketRow, Viewer } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { AssumedRules } from "./AssumedRules";
import { EntryNotes, Refusal } from "./EntryNotes";
import { HomeView, hasHome } from "./HomeView";
import { NewTicketView } from "./NewTicketView";
import type { TicketGroup } from "./TicketGroups";
import { Causes } from "./UnknownPanel";
import classes from "./Report.module.css";

/** Tickets of a list that a report names; the rest is counted. */
const MOST = 200;

interface ReportDialogProps {
  opened: boolean;
  preview: Preview;
  viewer: Viewer;
  /** The desk by whose rules it is, where it is not the workspace's. */
  rules?: string;
  onClose: () => void;
}

/** What the person sees, as pages to print: the state that the preview shows, a draft included. */
export function ReportDialog({ opened, preview, viewer, rules, onClose }: ReportDialogProps) {
  const { t } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      fullScreen
      title={t("preview.report.title")}
      closeButtonProps={{ "aria-label": t("kit.close") }}
      transitionProps={{ duration: 0 }}
      classNames={{ inner: classes.inner, content: classes.content, header: classes.header, body: classes.body }}
    >
      {opened ? <Report preview={preview} viewer={viewer} rules={rules} /> : null}
    </Modal>
  );
}

function Report({ preview, viewer, rules }: Pick<ReportDialogProps, "preview" | "viewer" | "rules">) {
  const words = useWords();
  const { t, dateTime } = words;
  const workspace = useWorkspace().data;
  const [made] = useState(() => new Date().toISOString());
  const [hidden, setHidden] = useState(false);
  const [lists, setLists] = useState<ReadonlyMap<string, Stand>>(new Map());
  const tell = useCallback((list: string, stand: Stand | null) => {
    setLists((before) => {
      if ((before.get(list) ?? null) === stand) return before;
      const after = new Map(before);
      if (stand === null) after.delete(list);
      else after.set(list, stand);
      return after;
    });
  }, []);
  const stands = [...lists.values()];
  const name = preview.name || preview.login || t("preview.nobody");
  const state = viewer.at ? t("preview.report.past") : t(preview.draft ? "preview.report.draft" : "preview.report.saved");
  return (
    <>
      <div className={classes.tools}>
        <Checkbox label={t("preview.report.withHidden")} checked={hidden} onChange={(event) => setHidden(event.currentTarget.checked)} />
        <Button leftSection={<Printer size={14} strokeWidth={1.6} aria-hidden="true" />} disabled={stands.includes("reading")} onClick={() => globalThis.print()}>
          {t("preview.report.print")}
        </Button>
      </div>
      <article className={classes.paper}>
        <h1>{t(preview.may_log_in === true ? "preview.report.of" : "preview.report.ofClosed", { name })}</h1>
        <p className={classes.sub}>
          {[preview.login, workspace?.name, workspace && t("preview.rules", { desk: rules ?? workspace.desk_name })].filter(Boolean).join(" · ")}
        </p>
        <p className={classes.sub}>
          {[state, t("preview.report.made", { at: dateTime(made) }), preview.as_of ? t("preview.asOf", { at: dateTime(preview.as_of) }) : t("preview.noTickets")].join(" · ")}
        </p>
        {stands.includes("failed") ? (
          <p role="alert" className={classes.incomplete}>
            {t("preview.report.incomplete")}
          </p>
        ) : null}
        <Entry preview={preview} viewer={viewer} />
        {preview.unknown_settings.length + preview.untold.length > 0 ? (
          <section>
            <h2>{t("preview.unknownTitle")}</h2>
            <Causes preview={preview} />
          </section>
        ) : null}
        {preview.lists.map((list) => (
          <List key={list.name} viewer={viewer} name={list.name} title={words.tOr(`preview.list.${list.name}`, list.name)} total={list.all} complete={list.unknown === 0} onStand={tell} />
        ))}
        {hidden ? <List viewer={viewer} name="Hidden" title={t("preview.hidden")} total={preview.hidden} complete={preview.unknown === 0} onStand={tell} /> : null}
        {hidden && preview.unknown > 0 ? <List viewer={viewer} name="Untold" title={t("preview.group.Untold")} total={preview.unknown} complete onStand={tell} /> : null}
        {!hidden && preview.hidden > 0 ? <p className={classes.sub}>{t("preview.report.hiddenCount", { count: preview.hidden, figure: words.number(preview.hidden) })}</p> : null}
        {!hidden && preview.unknown > 0 ? <p className={classes.sub}>{t("preview.report.unknownCount", { count: preview.unknown, figure: words.number(preview.unknown) })}</p> : null}
        <section>
          <h2>{t("preview.newTicket")}</h2>
          <NewTicketView choices={preview.new_ticket} assumed={preview.assumed_in.includes("may_create")} desk={viewer.desk ?? workspace?.desk ?? ""} />
        </section>
        {hasHome(preview) ? (
          <section>
            <h2>{t("preview.home")}</h2>
            <HomeView preview={preview} viewer={viewer} />
          </section>
        ) : null}
        <Assumed rules={preview.assumed} />
      </article>
    </>
  );
}

/** Whether the person comes in, by which rule, and what is read otherwise. */
function Entry({ preview, viewer }: { preview: Preview; viewer: Viewer }) {
  const words = useWords();
  const { rule, text, facts } = preview.login_reason;
  const verdict = verdictOf(preview.may_log_in);
  return (
    <section>
      <h2>{words.t("preview.question.login")}</h2>
      <p>
        <VerdictIcon verdict={verdict} /> <strong>{words.t(`preview.answerShort.login.${verdict}`)}</strong>
        {": "}
        {preview.may_log_in === false ? refusalText(words, rule, text) : ruleText(words, rule, text)} <StandingBadge standing={surenessOf(preview.login_reason)} />
      </p>
      {facts.length > 0 ? <p className={classes.sub}>{factsText(words, facts)}</p> : null}
      <EntryNotes preview={preview} viewer={viewer} />
      {preview.may_log_in === false ? <Refusal preview={preview} /> : null}
      {preview.may_log_in === true ? null : (
        <p className={classes.would}>
          <strong>{words.t("preview.report.would")}</strong>
        </p>
      )}
    </section>
  );
}

/** How far a list is: being read, or not to be had. One that is there has no stand. */
type Stand = "reading" | "failed";

/** A list of the portal as a table; read to its end, or to as many as a report names. */
function List({ viewer, name, title, total, complete, onStand }: { viewer: Viewer; name: string; title: string; total: number; complete: boolean; onStand: (list: string, stand: Stand | null) => void }) {
  const { t, number } = useWords();
  const errorWords = useErrorWords();
  const pages = usePreviewPages(viewer, name, "all");
  const all = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = all.slice(0, MOST);
  const rest = total - rows.filter((row) => row.change !== "lost").length;
  const { hasNextPage, isFetchingNextPage, isError, isSuccess, fetchNextPage } = pages;
  const wants = hasNextPage && !isError && all.length < MOST;
  const ready = isError || (isSuccess && !wants && !isFetchingNextPage);
  useEffect(() => {
    if (wants && !isFetchingNextPage) void fetchNextPage();
  }, [wants, isFetchingNextPage, fetchNextPage]);
  const stand = isError ? "failed" : ready ? null : "reading";
  useEffect(() => {
    onStand(name, stand);
    return () => onStand(name, null);
  }, [name, stand, onStand]);
  const failed = isError ? errorWords(pages.error) : null;
  return (
    <section aria-busy={!ready}>
      <h2>
        {title} <span className={classes.figure}>{number(total)}</span>
      </h2>
      {failed ? (
        <p className={classes.incomplete}>
          <strong>{failed.title}</strong> {failed.text} {t(rows.length === 0 ? "preview.report.notRead" : "preview.report.notReadOn")}{" "}
          <button type="button" className={classes.again} onClick={() => void (rows.length === 0 ? pages.refetch() : fetchNextPage())}>
            {t("kit.retry")}
          </button>
        </p>
      ) : null}
      {isSuccess && rows.length === 0 ? <p>{t(!complete ? "preview.emptyUnknownText" : name === "Hidden" ? "preview.nothingHidden" : "preview.emptyList")}</p> : null}
      {rows.length > 0 ? <Table rows={rows} group={name === "Hidden" || name === "Untold" ? name : null} /> : null}
      {ready && rest > 0 && rows.length > 0 ? <p className={classes.sub}>{t("preview.andMore", { count: rest, figure: number(rest) })}</p> : null}
    </section>
  );
}

function Table({ rows, group }: { rows: TicketRow[]; group: TicketGroup | null }) {
  const words = useWords();
  const { t, date } = words;
  const by = useSortedBy();
  return (
    <table>
      <thead>
        <tr>
          <th>{t("preview.report.number")}</th>
          <th>{t("preview.report.ticket")}</th>
          <th>{t(`place.one.${by}`)}</th>
          <th>{t("preview.attribute.state")}</th>
          <th>{t("preview.attribute.created")}</th>
          <th>{t(group === null ? "preview.listedBecause" : group === "Hidden" ? "preview.notListed" : "preview.untoldBecause")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.number}>
            <td>{row.number}</td>
            <td>
              {row.title}
              {row.change === "gained" ? <em className={classes.gained}> {t("preview.afterSaving")}</em> : null}
              {row.change === "lost" ? <em className={classes.gained}> {t("preview.lostAfterSaving")}</em> : null}
            </td>
            <td>{row.place}</td>
            <td>{row.state}</td>
            <td className={classes.day}>{date(row.created)}</td>
            <td>
              {row.untold.length > 0 ? row.untold.map((one) => untoldText(words, one)).join(" ") : reasonLine(words, row.reason, group === null && row.change !== "lost")} <StandingBadge standing={assumedOf(row).length > 0 ? "A" : ""} />
              {group === null && row.change !== "lost" && row.openable === false ? ` · ${t("preview.cannotOpenShort")}` : null}
              {row.openable === null && group !== "Untold" ? ` · ${t("preview.openUnknownShort")}` : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every rule that no documentation states and that decided something. */
function Assumed({ rules }: { rules: AssumedRule[] }) {
  const words = useWords();
  if (rules.length === 0) return null;
  return (
    <section>
      <h2>{words.t("preview.assumed", { count: rules.length })}</h2>
      <AssumedRules rules={rules} />
    </section>
  );
}
