import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { ExpectationReport, HeatRow, Progress } from "./bindings.gen";
import { api } from "./client";
import { asApiError, type ApiError } from "./error";
import { jobOf } from "./jobs";
import { keys } from "./keys";
import { useProgress } from "./reads";

/** How the workspace stands, in figures. */
export const useOverview = () => useQuery({ queryKey: keys.overview(), queryFn: () => api.overview() });

/** Something that takes long and is worked out only where somebody asks for it. */
export interface OnDemand<T> {
  /** What came out, as long as nothing was changed since. */
  data: T | null;
  /** How far it is; null while nothing is worked out. */
  done: number | null;
  error: ApiError | null;
  start: () => void;
  stop: () => void;
}

/** Whoever asks in several stretches hears of a stop between two of them, and says how much is behind. */
interface Stretches {
  stopped: () => boolean;
  behind: (done: number) => void;
}

function useOnDemand<T>(queryKey: readonly unknown[], ask: (job: string, stretches: Stretches) => Promise<T>): OnDemand<T> {
  const client = useQueryClient();
  const stopped = useRef(false);
  const behind = useRef(0);
  const [job, setJob] = useState<string | null>(null);
  const [done, setDone] = useState(0);
  const query = useQuery({
    queryKey,
    enabled: false,
    queryFn: async ({ signal }) => {
      const name = jobOf(signal);
      setJob(name);
      setDone(0);
      stopped.current = false;
      behind.current = 0;
      try {
        return await ask(name, { stopped: () => stopped.current, behind: (done) => (behind.current = done) });
      } finally {
        setJob((now) => (now === name ? null : now));
      }
    },
  });
  useProgress(
    job,
    useCallback((news: Progress) => setDone(behind.current + news.done), []),
  );
  const isOld = client.getQueryState(queryKey)?.isInvalidated === true;
  const error = query.error && !query.isFetching ? asApiError(query.error) : null;
  return {
    data: isOld ? null : (query.data ?? null),
    done: query.isFetching ? done : null,
    // Whoever stops the work knows that there is no answer.
    error: error?.code === "cancelled" ? null : error,
    start: () => void query.refetch(),
    stop: () => {
      stopped.current = true;
      if (job !== null) void api.cancelJob(job).catch(() => undefined);
    },
  };
}

/** How all expectations stand; what the screen of the expectations worked out is taken over. */
export const useExpectationsOnDemand = () => useOnDemand<ExpectationReport>(keys.expectations(), (job) => api.checkExpectations(job));

/** Accounts that are looked at in one stretch. */
const STRETCH = 100;
/** Accounts that are named. */
const NAMED = 6;

/** The accounts that see most, of those that were looked at. */
export interface TopAccounts {
  rows: HeatRow[];
  /** How many were looked at; fewer than all where somebody stopped. */
  looked: number;
  total: number;
}

/** Looks at all accounts, stretch by stretch; whoever stops it keeps what was found so far. */
async function topAccounts(job: string, { stopped, behind }: Stretches): Promise<TopAccounts> {
  const top: TopAccounts = { rows: [], looked: 0, total: 0 };
  let people = 0;
  do {
    try {
      const page = await api.heatPage("", top.looked, STRETCH, job);
      top.total = page.total;
      // Accounts may go while one looks.
      if (page.rows.length === 0) break;
      top.looked += page.rows.length;
      top.rows = [...top.rows, ...page.rows].toSorted((a, b) => b.tickets - a.tickets).slice(0, NAMED);
      people += page.rows.reduce((sum, row) => sum + row.people, 0);
      behind(people);
    } catch (thrown) {
      if (top.looked === 0 || asApiError(thrown).code !== "cancelled") throw thrown;
      break;
    }
  } while (top.looked < top.total && !stopped());
  return top;
}

/** Which accounts see most. */
export const useHeatOnDemand = () => useOnDemand<TopAccounts>(keys.heatTop(), topAccounts);
