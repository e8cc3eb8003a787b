import { useCallback, useState } from "react";
import { useProgress } from "@/bridge/reads";
import type { ApplyInput, ApplyReport, DatabaseLogin, Progress } from "@/bridge/types";
import { useApplyDesk, useCancelJob } from "@/bridge/writes";

/** Changes on their way into the desk's database, or there. */
export interface ApplyRun {
  run: (input: ApplyInput, login: DatabaseLogin, onDone: () => void) => void;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  progress: Progress | null;
  report: ApplyReport | null;
  error: unknown;
}

/** Applies what is pending to the desk's database, one time after another. */
export function useApply(): ApplyRun {
  const [job, setJob] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const work = useApplyDesk();
  const stop = useCancelJob();
  useProgress(
    job,
    useCallback((news: Progress) => setProgress(news), []),
  );
  return {
    run: (input, login, onDone) => {
      const name = crypto.randomUUID();
      setJob(name);
      setProgress(null);
      stop.reset();
      work.mutate({ input, login, job: name }, { onSuccess: (report) => (report.dry_run || report.refused ? undefined : onDone()) });
    },
    cancel: () => {
      if (job !== null) stop.mutate(job);
    },
    running: work.isPending,
    cancelling: work.isPending && (stop.isPending || stop.isSuccess),
    progress,
    report: work.data ?? null,
    error: work.error,
  };
}
