import { Button } from "@mantine/core";
import { useState } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { useChanges, useWorkspace } from "@/bridge/reads";
import { intentText } from "@/bridge/intentText";
import { settingTitle } from "@/bridge/ruleText";
import { settingText } from "@/bridge/settingWords";
import type { ChangeLine, ChangeRow } from "@/bridge/types";
import { useUndo } from "@/bridge/writes";
import { exportHrefOf } from "@/features/exports/paths";
import { userHref, usersHref } from "@/features/users/paths";
import { EmptyState } from "@/kit/EmptyState";
import { PageHead } from "@/kit/PageHead";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { ChangeEffect } from "./ChangeEffect";
import classes from "./History.module.css";

/** What was done, newest first, and the way back. */
export function HistoryScreen() {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const query = useChanges();
  const undo = useUndo();
  const rows = query.data?.pages.flat() ?? [];
  const workspace = useWorkspace().data;
  // What is tried out is taken back, but it takes the place of a writer.
  const canLook = workspace?.preview === true && !workspace.read_only;
  const error = query.isError && rows.length === 0 ? errorWords(query.error) : null;
  // An import keeps what the desk has, not what it had: nothing before it can be looked at.
  const imported = rows.findIndex((row) => row.intent === "intent.import");
  const takeBack = () => undo.mutate(undefined, { onError: (thrown) => toasts.failed(errorWords(thrown).title) });
  return (
    <div className={classes.screen}>
      <PageHead level={1} title={t("history.title")} sub={t("history.sub")} />
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("history.title")}>
        {error ? (
          <EmptyState kind="error" title={error.title} action={<Button onClick={() => void query.refetch()}>{t("kit.retry")}</Button>}>
            {error.text}
          </EmptyState>
        ) : null}
        {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
        {query.isSuccess && rows.length === 0 ? <EmptyState title={t("history.nothing")}>{t("history.nothingText")}</EmptyState> : null}
        <ol className={classes.changes}>
          {rows.map((row, index) => (
            <Change
              key={row.id}
              row={row}
              busy={undo.isPending}
              onUndo={takeBack}
              canLook={canLook}
              canGoBack={canLook && index > 0 && (imported === -1 || index <= imported)}
              isLast={canLook && index === imported}
            />
          ))}
        </ol>
        {query.hasNextPage ? (
          <div className={classes.more}>
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t("history.older")}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

interface ChangeProps {
  row: ChangeRow;
  busy: boolean;
  onUndo: () => void;
  /** Whether it can be tried out what it did. */
  canLook: boolean;
  /** Whether the portal can be looked at as it was after it. */
  canGoBack: boolean;
  /** Whether it is the last one of which that is so. */
  isLast: boolean;
}

/** The one person whom a change concerns; none where it is several, or nobody. */
function onlyPerson(row: ChangeRow): string | undefined {
  const people = new Set(row.lines.map((line) => line.user).filter((id) => id !== null));
  return people.size === 1 && row.more_lines === 0 ? [...people][0] : undefined;
}

function Change({ row, busy, onUndo, canLook, canGoBack, isLast }: ChangeProps) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const { t } = words;
  const exported = exportHrefOf(row.detail);
  return (
    <li className={classes.change} data-undone={row.undone || undefined}>
      <div className={classes.head}>
        <h2 className={classes.intent}>{intentText(words, row)}</h2>
        <span className={classes.meta}>
          {row.undone ? <span className={classes.undone}>{t("history.undone")}</span> : null}
          {row.actor} · <time dateTime={row.at}>{words.dateTime(row.at)}</time>
        </span>
        {exported ? <a href={exported}>{t("exports.open")}</a> : null}
        {canLook && row.lines.length > 0 && !row.undone ? (
          <Button variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t("history.effect")}
          </Button>
        ) : null}
        {canGoBack ? (
          <a href={usersHref({ id: onlyPerson(row), at: row.id })} title={t("history.lookText")}>
            {t("history.look")}
          </a>
        ) : null}
        {row.undoable && !row.undone ? (
          <Button variant="default" disabled={busy} onClick={onUndo}>
            {t("kit.undo")}
          </Button>
        ) : null}
      </div>
      {open ? <ChangeEffect change={row.id} /> : null}
      <ul className={classes.lines}>
        {row.lines.map((line, index) => (
          <Line key={`${line.entity} ${line.subject} ${line.field} ${line.kind} ${String(index)}`} line={line} />
        ))}
        {row.more_lines > 0 ? <li className={classes.line}>{t("history.moreLines", { number: words.number(row.more_lines) })}</li> : null}
      </ul>
      {isLast ? <p className={classes.end}>{t("history.noOlder")}</p> : null}
    </li>
  );
}

/** A setting of the portal: what it is called, and what it held and holds, in the words of its screen. */
function SettingLine({ line }: { line: ChangeLine }) {
  const words = useWords();
  const { t, tOr } = words;
  const origin = line.field === "origin";
  const shown = (value: string | null) => (value === null || value === "" ? t("portal.notKnown") : origin ? tOr(`portal.origin.${value}`, value) : settingText(words, line.subject, value));
  return (
    <li className={classes.line}>
      <span title={line.subject}>{settingTitle(words, line.subject)}</span>
      <span className={classes.label}>{t(origin ? "history.settingOrigin" : "history.settingValue")}</span>
      <span className={classes.values}>
        {line.kind === "create" ? null : <del>{shown(line.from)}</del>} {line.kind === "delete" ? null : <ins>{shown(line.to)}</ins>}
      </span>
    </li>
  );
}

function Line({ line }: { line: ChangeLine }) {
  const { t, tOr } = useWords();
  if (line.entity === "desk_setting") return <SettingLine line={line} />;
  const linked = line.kind === "link" || line.kind === "unlink";
  const label = linked ? tOr(`review.entity.${line.entity}`, tOr(`records.entity.${line.entity}`, line.entity)) : tOr(`userform.field.${line.field}`, tOr(`review.field.${line.field}`, tOr(`records.field.${line.field}`, line.field)));
  const shown = (value: string | null) => (value === null || value === "" ? t("review.empty") : value);
  return (
    <li className={classes.line}>
      {line.user ? <a href={userHref(line.user)}>{line.subject}</a> : <span>{line.subject}</span>}
      <span className={classes.label}>{label}</span>
      <span className={classes.values}>
        {linked ? (
          <>
            {line.kind === "link" ? <ins>{line.to ?? line.field}</ins> : <del>{line.from ?? line.field}</del>} {t(`review.${line.kind}ed`)}
          </>
        ) : (
          <>
            {line.kind === "create" ? null : <del>{shown(line.from)}</del>} {line.kind === "delete" ? null : <ins>{shown(line.to)}</ins>}
          </>
        )}
      </span>
    </li>
  );
}
