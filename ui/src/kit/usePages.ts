import { useThrottledCallback } from "@mantine/hooks";
import { hashKey, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";

/** Names a list; the first parts are the tags by which it grows old. */
export type PageKey = readonly unknown[];
/** Gives a stretch of a list. Whoever takes the signal wants to hear when nobody waits for it any more. */
export type LoadPage<Row> = (offset: number, limit: number, asked?: { signal: AbortSignal }) => Promise<{ total: number; rows: Row[] }>;

/** Rows asked for at once. */
export const PAGE_ROWS = 100;
/** Rows of a range asked for at once: they are not drawn, so they may be more. */
const RANGE_ROWS = 1000;

interface Source<Row> {
  pageKey: PageKey;
  loadPage: LoadPage<Row>;
}

/** A list as far as it has been asked for. */
export interface Pages<Row> {
  /** All rows; `null` before the first answer. */
  total: number | null;
  /** The row at this place; `undefined` while it is not there yet. */
  rowAt: (index: number) => Row | undefined;
  /** Says which rows are in sight; their pages are asked for. */
  show: (first: number, last: number) => void;
  /** Whether another list has been asked for and the old one is still shown. */
  waiting: boolean;
  /** Changes when another list is shown. */
  shownKey: string;
  /** Why the first page could not be had. */
  error: unknown;
  /** Asks again. */
  retry: () => void;
  /** All rows from one place to another, both included; asks for those that are not there. */
  rowsBetween: (first: number, last: number) => Promise<Row[]>;
}

function pageQuery<Row>(source: Source<Row>, page: number) {
  return {
    queryKey: [...source.pageKey, "page", page],
    // Handed over whole: a list that never reads the signal is asked for to the end.
    queryFn: (asked: { signal: AbortSignal }) => source.loadPage(page * PAGE_ROWS, PAGE_ROWS, asked),
    retry: false,
  };
}

/** Keeps the pages of a list that are in sight. Another list takes its place when its first page is there: nothing blinks. */
export function usePages<Row>(pageKey: PageKey, loadPage: LoadPage<Row>): Pages<Row> {
  const asked: Source<Row> = { pageKey, loadPage };
  const askedHash = hashKey(pageKey);
  const [shown, setShown] = useState<Source<Row>>(asked);
  const shownHash = hashKey(shown.pageKey);
  const [range, setRange] = useState<[number, number]>([0, 0]);

  const probe = useQuery(pageQuery(asked, 0));
  const arrived = probe.data !== undefined || probe.error !== null;
  if (arrived && shownHash !== askedHash) {
    setShown(asked);
    setRange([0, 0]);
  }

  const numbers = Array.from({ length: range[1] - range[0] + 1 }, (_, step) => range[0] + step);
  const results = useQueries({ queries: numbers.map((page) => pageQuery(shown, page)) });
  const head = useQuery(pageQuery(shown, 0));

  const byPage = new Map(numbers.map((page, place) => [page, results[place]?.data]));
  const total = head.data?.total ?? null;
  const setRangeSoon = useThrottledCallback((next: [number, number]) => setRange(next), 60);
  const show = useCallback(
    (first: number, last: number) => setRangeSoon([Math.floor(first / PAGE_ROWS), Math.floor(last / PAGE_ROWS)]),
    [setRangeSoon],
  );

  const rowAt = (index: number): Row | undefined => {
    const page = Math.floor(index / PAGE_ROWS);
    const rows = byPage.get(page)?.rows ?? (page === 0 ? head.data?.rows : undefined);
    return rows?.[index % PAGE_ROWS];
  };
  const rowsBetween = async (first: number, last: number): Promise<Row[]> => {
    const there = Array.from({ length: last - first + 1 }, (_, step) => rowAt(first + step));
    if (there.every((row) => row !== undefined)) return there;
    const rows: Row[] = [];
    for (let from = first; from <= last; from += RANGE_ROWS) {
      rows.push(...(await shown.loadPage(from, Math.min(RANGE_ROWS, last - from + 1))).rows);
    }
    return rows;
  };

  return {
    total,
    rowAt,
    rowsBetween,
    show,
    waiting: shownHash !== askedHash || total === null,
    shownKey: shownHash,
    error: head.error,
    retry: () => void head.refetch(),
  };
}
