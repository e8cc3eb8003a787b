import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { ExpectationReport, HeatPage, Progress } from "./bindings.gen";
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

function useOnDemand<T>(queryKey: readonly unknown[], ask: (job: string) => Promise<T>): OnDemand<T> {
  const client = useQueryClient();
  const [job, setJob] = useState<string | null>(null);
  const [done, setDone] = useState(0);
  const query = useQuery({
    queryKey,
    enabled: false,
    queryFn: async ({ signal }) => {
      const name = jobOf(signal);
      setJob(name);
      setDone(0);
      try {
        return await ask(name);
      } finally {
        setJob((now) => (now === name ? null : now));
      }
    },
  });
  useProgress(
    job,
    useCallback((news: Progress) => setDone(news.done), []),
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
      if (job !== null) void api.cancelJob(job).catch(() => undefined);
    },
  };
}

/** How all expectations stand; what the screen of the expectations worked out is taken over. */
export const useExpectationsOnDemand = () => useOnDemand<ExpectationReport>(keys.expectations(), (job) => api.checkExpectations(job));

/** Accounts that are looked at for those that see most. */
export const TOP_OF = 100;

/** What the first accounts see. */
export const useHeatOnDemand = () => useOnDemand<HeatPage>(keys.heatTop(), (job) => api.heatPage("", 0, TOP_OF, job));
