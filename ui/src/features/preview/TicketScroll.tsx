import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { usePreviewPages } from "@/bridge/reads";
import type { TicketRow, Viewer } from "@/bridge/types";
import { useErrorWords } from "@/bridge/errorWords";
import { EmptyState } from "@/kit/EmptyState";
import type { Verdict } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { AssumedNote } from "./AssumedNote";
import { TicketLine } from "./TicketLine";
import classes from "./TicketLine.module.css";

interface TicketScrollProps {
  viewer: Viewer;
  list: string;
  /** The key of the app to whose items the list is limited; null for all. */
  app?: string | null;
  tab: string;
  /** Only what the draft changes. */
  changed?: boolean;
  /** Whether every ticket could be told; otherwise an empty list is no proof that there is none. */
  complete: boolean;
  whyNumber: string | null;
  /** The ticket whose page was left for the list, once: its line takes the focus. */
  takeBack?: () => string | null;
  onOpen: (number: string) => void;
  onWhy: (number: string) => void;
}

/** Height of a ticket in rem: title, number line, reason line. It grows with the text, for 200 % zoom. */
const ROW_REM = 3.875;
/** What is said of a group beside the lists in which nothing is. */
const EMPTY: Partial<Record<string, string>> = { Hidden: "preview.nothingHidden", Untold: "preview.nothingUntold" };
/** How many rows before the end the next page is asked for. */
const AHEAD = 10;

/** The line that something stands in; -1 for none. */
const lineOf = (target: EventTarget): number => Number((target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null)?.dataset["index"] ?? -1);

/** Whether the list shows the ticket: what a draft loses stands in it, and is not shown by it. */
function verdictIn(list: string, ticket: TicketRow): Verdict {
  if (list === "Untold" || (ticket.change === "lost" && ticket.untold.length > 0)) return "unknown";
  return list === "Hidden" || ticket.change === "lost" ? "blocked" : "passed";
}

/** One list, however long: only what is seen is drawn, and the next page comes while one scrolls. */
export function TicketScroll({ viewer, list, app = null, tab, changed = false, complete, whyNumber, takeBack, onOpen, onWhy }: TicketScrollProps) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const box = useRef<HTMLDivElement>(null);
  const pages = usePreviewPages(viewer, list, tab, app, changed);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_REM * rem,
    overscan: 8,
    getItemKey: (index) => rows[index]?.number ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items[items.length - 1]?.index ?? 0;
  // One line alone is a stop of the Tab key: the others are reached by arrows, and what follows the list by one more Tab.
  const [kept, setKept] = useState(0);
  const stop = items.some((item) => item.index === kept) ? kept : (items[0]?.index ?? 0);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);

  const goTo = (index: number, button = 0) => {
    virtual.scrollToIndex(index);
    // The row may have to be drawn before it can take the focus.
    requestAnimationFrame(() => box.current?.querySelectorAll<HTMLElement>(`[data-index="${index}"] button`)[button]?.focus());
  };
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const line = lineOf(event.target);
    const to = { ArrowDown: line + 1, ArrowUp: line - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || line < 0) return;
    event.preventDefault();
    const button = event.currentTarget.previousElementSibling === null ? 0 : 1;
    if (to >= 0 && to < rows.length) goTo(to, button);
  };

  const there = rows.length > 0;
  useEffect(() => {
    const number = there ? takeBack?.() : null;
    if (number) goTo(Math.max(0, rows.findIndex((row) => row.number === number)));
    // Once, as soon as there are lines.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [there]);

  if (pages.isError && rows.length === 0) {
    const { title, text } = errorWords(pages.error);
    // An invalid draft is told above the portal already.
    return (
      <EmptyState kind="error" title={title}>
        {text}
      </EmptyState>
    );
  }
  if (pages.isSuccess && rows.length === 0) {
    return <EmptyState title={t(changed ? "preview.nothingChanged" : (EMPTY[list] ?? "preview.emptyList"))}>{t(complete ? "preview.emptyListText" : "preview.emptyUnknownText")}</EmptyState>;
  }
  return (
    <>
      <AssumedNote rows={rows} whole={!hasNextPage} />
      <div ref={box} className={classes.scroll} tabIndex={-1}>
        <div role="list" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const ticket = rows[item.index];
            return ticket ? (
              <TicketLine
                key={item.key}
                ticket={ticket}
                index={item.index}
                top={item.start}
                height={item.size}
                verdict={verdictIn(list, ticket)}
                stop={item.index === stop}
                onFocus={() => setKept(item.index)}
                asked={ticket.number === whyNumber}
                onOpen={onOpen}
                onStep={step}
                onWhy={onWhy}
              />
            ) : null;
          })}
        </div>
      </div>
    </>
  );
}
