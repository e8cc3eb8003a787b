import { Button } from "@mantine/core";
import { Inbox } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { asApiError } from "@/bridge/error";
import { useFoundTickets } from "@/bridge/tickets";
import type { FoundTicket } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { SearchField } from "@/kit/SearchField";
import { useListFocus } from "@/kit/useListFocus";
import { useWords } from "@/words";
import classes from "./Tickets.module.css";

/** Looks further by itself until so many were found, or so many were looked at. */
const ENOUGH = 20;
const FAR = 1_000_000;

interface TicketListProps {
  text: string;
  onText: (text: string) => void;
  open: string | null;
  onOpen: (number: string) => void;
  /** What else the screen can show. */
  views: ReactNode;
}

/** All tickets of the snapshot, newest first, by number or title. */
export function TicketList({ text, onText, open, onOpen, views }: TicketListProps) {
  const { t, number } = useWords();
  const query = useFoundTickets(text);
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const looked = pages.reduce((sum, page) => sum + page.looked, 0);
  const total = pages.at(-1)?.total ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const goOn = hasNextPage && !isFetching && rows.length < ENOUGH && looked < FAR;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
  const focus = useListFocus<HTMLUListElement>("button");
  return (
    <div className={classes.zone}>
      <PageHead level={1} title={t("tickets.title")} count={query.data ? number(total) : undefined}>
        {views}
      </PageHead>
      <div role="search" className={classes.filters}>
        <SearchField label={t("tickets.search")} value={text} onChange={onText} />
      </div>
      <div className={classes.scroll} aria-busy={isFetching}>
        {query.isError && rows.length === 0 ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
        {query.isSuccess && rows.length === 0 ? <Nothing total={total} looked={looked} all={!hasNextPage} /> : null}
        <ul {...focus.listProps} className={classes.rows} aria-label={t("tickets.title")}>
          {rows.map((row, place) => (
            <Line key={row.number} row={row} open={row.number === open} tabIndex={focus.tabIndexOf(place, rows.length)} onOpen={onOpen} />
          ))}
        </ul>
        {rows.length > 0 || hasNextPage ? (
          <div className={classes.foot}>
            {hasNextPage ? (
              <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t(text === "" ? "tickets.more" : "tickets.further")}
              </Button>
            ) : null}
            <span role="status">{t("tickets.looked", { looked: number(looked), total: number(total) })}</span>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Nothing({ total, looked, all }: { total: number; looked: number; all: boolean }) {
  const { t, number } = useWords();
  if (total === 0) {
    return (
      <EmptyState icon={Inbox} title={t("tickets.noTickets")}>
        {t("tickets.noTicketsText")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Inbox} title={all ? t("tickets.none") : t("tickets.noneYet", { looked: number(looked) })}>
      {all ? t("tickets.looked", { looked: number(looked), total: number(total) }) : null}
    </EmptyState>
  );
}

function Line({ row, open, tabIndex, onOpen }: { row: FoundTicket; open: boolean; tabIndex: 0 | -1; onOpen: (number: string) => void }) {
  const { ago, dateTime } = useWords();
  return (
    <li>
      <button type="button" tabIndex={tabIndex} className={classes.ticket} aria-current={open || undefined} title={row.title} onClick={() => onOpen(row.number)}>
        <span className={classes.ticketTitle}>{row.title}</span>
        <time className={classes.when} dateTime={row.created} title={dateTime(row.created)}>
          {ago(row.created)}
        </time>
        <span className={classes.meta}>
          <span className={classes.mono}>{row.number}</span>
          <span>{row.place}</span>
          <span>{row.state}</span>
        </span>
      </button>
    </li>
  );
}
