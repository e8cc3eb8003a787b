import { Button, Checkbox, Modal } from "@mantine/core";
import { Printer } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { usePreviewPages, useWorkspace } from "@/bridge/reads";
import { useErrorWords } from "@/bridge/errorWords";
import { factsText, reasonLine, refusalText, ruleText } from "@/bridge/ruleText";
import type { Preview, TicketRow, Viewer } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { EntryNotes, Refusal } from "./EntryNotes";
import { HomeView, hasHome } from "./HomeView";
import { NewTicketView } from "./NewTicketView";
import classes from "./Report.module.css";

/** Tickets of a list that a report names; the rest is counted. */
const MOST = 200;

interface ReportDialogProps {
  opened: boolean;
  preview: Preview;
  viewer: Viewer;
  onClose: () => void;
}

/** What the person sees, as pages to print: the state that the preview shows, a draft included. */
export function ReportDialog({ opened, preview, viewer, onClose }: ReportDialogProps) {
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
      {opened ? <Report preview={preview} viewer={viewer} /> : null}
    </Modal>
  );
}

function Report({ preview, viewer }: { preview: Preview; viewer: Viewer }) {
  const words = useWords();
  const { t, dateTime } = words;
  const workspace = useWorkspace().data;
  const [made] = useState(() => new Date().toISOString());
  const [hidden, setHidden] = useState(false);
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const tell = useCallback((list: string, ready: boolean) => {
    setWaiting((before) => {
      if (before.has(list) !== ready) return before;
      const after = new Set(before);
      if (ready) after.delete(list);
      else after.add(list);
      return after;
    });
  }, []);
  const name = preview.name || preview.login || t("preview.nobody");
  const state = viewer.at ? t("preview.report.past") : t(preview.draft ? "preview.report.draft" : "preview.report.saved");
  return (
    <>
      <div className={classes.tools}>
        <Checkbox label={t("preview.report.withHidden")} checked={hidden} onChange={(event) => setHidden(event.currentTarget.checked)} />
        <Button leftSection={<Printer size={14} strokeWidth={1.6} aria-hidden="true" />} disabled={waiting.size > 0} onClick={() => globalThis.print()}>
          {t("preview.report.print")}
        </Button>
      </div>
      <article className={classes.paper}>
        <h1>{t(preview.may_log_in === true ? "preview.report.of" : "preview.report.ofClosed", { name })}</h1>
        <p className={classes.sub}>
          {[preview.login, workspace?.name, workspace && t("preview.rules", { desk: workspace.desk_name })].filter(Boolean).join(" · ")}
        </p>
        <p className={classes.sub}>
          {[state, t("preview.report.made", { at: dateTime(made) }), preview.as_of ? t("preview.asOf", { at: dateTime(preview.as_of) }) : t("preview.noTickets")].join(" · ")}
        </p>
        <Entry preview={preview} viewer={viewer} />
        {preview.unknown_settings.length > 0 ? (
          <section>
            <h2>{t("preview.unknownTitle")}</h2>
            <p>{t("preview.unknownText", { count: preview.unknown_settings.length })}</p>
            <ul>
              {preview.unknown_settings.map((setting) => (
                <li key={setting}>
                  <code>{setting}</code>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {preview.lists.map((list) => (
          <List key={list.name} viewer={viewer} name={list.name} title={words.tOr(`preview.list.${list.name}`, list.name)} total={list.all} onReady={tell} />
        ))}
        {hidden ? <List viewer={viewer} name="Hidden" title={t("preview.hidden")} total={preview.hidden} onReady={tell} /> : null}
        {!hidden && preview.hidden > 0 ? <p className={classes.sub}>{t("preview.report.hiddenCount", { count: preview.hidden, figure: words.number(preview.hidden) })}</p> : null}
        {preview.unknown > 0 ? <p className={classes.sub}>{t("preview.report.unknownCount", { count: preview.unknown, figure: words.number(preview.unknown) })}</p> : null}
        <section>
          <h2>{t("preview.newTicket")}</h2>
          <NewTicketView choices={preview.new_ticket} />
        </section>
        {hasHome(preview) ? (
          <section>
            <h2>{t("preview.home")}</h2>
            <HomeView preview={preview} />
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
  const { rule, text, facts, standing } = preview.login_reason;
  const verdict = verdictOf(preview.may_log_in);
  return (
    <section>
      <h2>{words.t("preview.question.login")}</h2>
      <p>
        <VerdictIcon verdict={verdict} /> <strong>{words.t(`preview.answerShort.login.${verdict}`)}</strong>
        {": "}
        {preview.may_log_in === false ? refusalText(words, rule, text) : ruleText(words, rule, text)} <StandingBadge standing={standing} />
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

/** A list of the portal as a table; read to its end, or to as many as a report names. */
function List({ viewer, name, title, total, onReady }: { viewer: Viewer; name: string; title: string; total: number; onReady: (list: string, ready: boolean) => void }) {
  const { t, number } = useWords();
  const errorWords = useErrorWords();
  const pages = usePreviewPages(viewer, name, "all");
  const all = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = all.slice(0, MOST);
  const { hasNextPage, isFetchingNextPage, isError, isSuccess, fetchNextPage } = pages;
  const wants = hasNextPage && !isError && all.length < MOST;
  const ready = isError || (isSuccess && !wants && !isFetchingNextPage);
  useEffect(() => {
    if (wants && !isFetchingNextPage) void fetchNextPage();
  }, [wants, isFetchingNextPage, fetchNextPage]);
  useEffect(() => {
    onReady(name, ready);
    return () => onReady(name, true);
  }, [name, ready, onReady]);
  return (
    <section aria-busy={!ready}>
      <h2>
        {title} <span className={classes.figure}>{number(total)}</span>
      </h2>
      {pages.isError ? <p>{errorWords(pages.error).title}</p> : null}
      {isSuccess && rows.length === 0 ? <p>{t(name === "Hidden" ? "preview.nothingHidden" : "preview.emptyList")}</p> : null}
      {rows.length > 0 ? <Table rows={rows} hidden={name === "Hidden"} /> : null}
      {ready && total > rows.length && rows.length > 0 ? (
        <p className={classes.sub}>{t("preview.andMore", { count: total - rows.length, figure: number(total - rows.length) })}</p>
      ) : null}
    </section>
  );
}

function Table({ rows, hidden }: { rows: TicketRow[]; hidden: boolean }) {
  const words = useWords();
  const { t, date } = words;
  return (
    <table>
      <thead>
        <tr>
          <th>{t("preview.report.number")}</th>
          <th>{t("preview.report.ticket")}</th>
          <th>{t("preview.attribute.queue")}</th>
          <th>{t("preview.attribute.state")}</th>
          <th>{t("preview.attribute.created")}</th>
          <th>{t(hidden ? "preview.notListed" : "preview.listedBecause")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.number}>
            <td>{row.number}</td>
            <td>
              {row.title}
              {row.change === "gained" ? <em className={classes.gained}> {t("preview.afterSaving")}</em> : null}
            </td>
            <td>{row.queue}</td>
            <td>{row.state}</td>
            <td className={classes.day}>{date(row.created)}</td>
            <td>
              {reasonLine(words, row.reason, !hidden)} <StandingBadge standing={row.reason.standing === "A" ? "A" : ""} />
              {!hidden && row.openable === false ? ` · ${t("preview.cannotOpenShort")}` : null}
              {row.openable === null ? ` · ${t("preview.openUnknownShort")}` : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every rule that no documentation states and that decided something. */
function Assumed({ rules }: { rules: string[] }) {
  const words = useWords();
  if (rules.length === 0) return null;
  return (
    <section>
      <h2>{words.t("preview.assumed", { count: rules.length })}</h2>
      <ul>
        {rules.map((rule) => (
          <li key={rule}>
            {ruleText(words, rule, rule)} <StandingBadge standing="A" />
          </li>
        ))}
      </ul>
    </section>
  );
}
