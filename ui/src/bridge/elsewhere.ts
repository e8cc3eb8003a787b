import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Progress } from "./bindings.gen";
import { api } from "./client";
import { keys } from "./keys";
import { useProgress } from "./reads";
import { useCancelJob } from "./writes";

/** Long work that is watched, and stopped when somebody asks. */
export interface Watched<Input, Output> {
  run: (input: Input) => Promise<Output>;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** How far it is; null before it said anything. */
  news: Progress | null;
  data: Output | undefined;
  error: unknown;
  reset: () => void;
}

function useWatched<Input, Output>(ask: (input: Input, job: string) => Promise<Output>): Watched<Input, Output> {
  const [job, setJob] = useState<string | null>(null);
  const [news, setNews] = useState<Progress | null>(null);
  const work = useMutation({ mutationFn: ({ input, name }: { input: Input; name: string }) => ask(input, name) });
  const stop = useCancelJob();
  useProgress(
    job,
    useCallback((told: Progress) => setNews(told), []),
  );
  return {
    run: (input) => {
      const name = crypto.randomUUID();
      setJob(name);
      setNews(null);
      stop.reset();
      return work.mutateAsync({ input, name });
    },
    cancel: () => {
      if (job !== null) stop.mutate(job);
    },
    running: work.isPending,
    cancelling: work.isPending && (stop.isPending || stop.isSuccess),
    news,
    data: work.data,
    error: work.error,
    reset: work.reset,
  };
}

/** What is said of a translation to this desk before it is made. */
export const useTranslation = (to: string) => useQuery({ queryKey: keys.translation(to), queryFn: () => api.translation(to), retry: false });

/** Looks at the same people by the rules of another desk. */
export const useCompareDesks = () => useWatched((to: string, job) => api.compareDesks(to, job));

/** Makes a workspace of another desk of this one. */
export const useTranslateWorkspace = () => useWatched(({ to, path }: { to: string; path: string }, job) => api.translateWorkspace(to, path, job));
