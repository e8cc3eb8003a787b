import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { HeatPage, Progress, WhoCursor } from "./bindings.gen";
import { api } from "./client";
import { asApiError } from "./error";
import { jobOf } from "./jobs";
import { keys } from "./keys";
import { useProgress } from "./reads";

/** The columns of the table of accounts, and what cannot be told. */
export function useHeatHead() {
  return useQuery({ queryKey: keys.heatHead(), queryFn: () => api.heatHead(), retry: false });
}

/** Rows of the table, as they come into sight. */
export interface HeatRows {
  pageKey: readonly unknown[];
  loadPage: (offset: number, limit: number, asked?: { signal: AbortSignal }) => Promise<HeatPage>;
  /** People looked at so far for rows that are being worked out; null while none are. */
  done: number | null;
  /** Whether somebody stopped the work, and rows are missing. */
  stopped: boolean;
  stop: () => void;
  goOn: () => void;
}

/** Works rows out as they come into sight: each can be watched, and stopped. */
export function useHeatRows(search: string): HeatRows {
  const client = useQueryClient();
  const [job, setJob] = useState<string | null>(null);
  const [done, setDone] = useState(0);
  const [stopped, setStopped] = useState(false);
  const pageKey = useMemo(() => keys.heatRows(search), [search]);
  useProgress(
    job,
    useCallback((news: Progress) => setDone(news.done), []),
  );
  const loadPage = useCallback(
    async (offset: number, limit: number, asked?: { signal: AbortSignal }) => {
      const name = jobOf(asked?.signal);
      setJob(name);
      setDone(0);
      setStopped(false);
      try {
        return await api.heatPage(search, offset, limit, name);
      } catch (thrown) {
        if (asApiError(thrown).code === "cancelled" && !asked?.signal.aborted) setStopped(true);
        throw thrown;
      } finally {
        setJob((now) => (now === name ? null : now));
      }
    },
    [search],
  );
  return {
    pageKey,
    loadPage,
    done: job === null || done === 0 ? null : done,
    stopped,
    stop: () => {
      if (job !== null) void api.cancelJob(job).catch(() => undefined);
    },
    goOn: () => {
      setStopped(false);
      void client.refetchQueries({ queryKey: pageKey, predicate: (query) => query.state.data === undefined });
    },
  };
}

/** People of an account who see tickets of a column (of any for null), page after page. */
export function useHeatPeople(account: string, column: string | null) {
  return useInfiniteQuery({
    queryKey: keys.heatPeople(account, column),
    queryFn: ({ pageParam, signal }) => api.heatPeople({ account, column, after: pageParam }, jobOf(signal)),
    initialPageParam: null as WhoCursor | null,
    getNextPageParam: (last) => last.next ?? undefined,
    retry: false,
  });
}
