import { useMutation } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Progress } from "./bindings.gen";
import { api } from "./client";
import { useProgress } from "./reads";
import { useCancelJob } from "./writes";

/** The name of long work that the program stops when nobody waits for its answer any more. */
export function jobOf(signal: AbortSignal | undefined): string {
  const job = crypto.randomUUID();
  signal?.addEventListener("abort", () => void api.cancelJob(job).catch(() => undefined));
  return job;
}

/** Long work that is watched, and stopped when somebody asks. */
export interface Watched<Input, Output> {
  run: (input: Input) => Promise<Output>;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** How far it is; null before it said anything. */
  news: Progress | null;
  data: Output | undefined;
  /** What it was asked last. */
  asked: Input | undefined;
  error: unknown;
  reset: () => void;
}

/** Runs such work, one at a time; what it is given is forgotten with the answer. */
export function useWatched<Input, Output>(ask: (input: Input, job: string) => Promise<Output>): Watched<Input, Output> {
  const [job, setJob] = useState<string | null>(null);
  const [news, setNews] = useState<Progress | null>(null);
  const work = useMutation({
    mutationFn: ({ input, name }: { input: Input; name: string }) => ask(input, name),
    // Secrets among the input are kept no longer than they are needed.
    gcTime: 0,
  });
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
      if (job !== null && work.isPending) stop.mutate(job);
    },
    running: work.isPending,
    cancelling: work.isPending && (stop.isPending || stop.isSuccess),
    news,
    data: work.data,
    asked: work.variables?.input,
    error: work.error,
    reset: work.reset,
  };
}
