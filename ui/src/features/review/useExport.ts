import { useCallback, useState } from "react";
import { useProgress } from "@/bridge/reads";
import type { ExportReport, InitialPasswords, Progress } from "@/bridge/types";
import { useCancelJob, useExportDesk } from "@/bridge/writes";

/** An export under way or done. */
export interface ExportRun {
  run: (folder: string, initial: InitialPasswords | null, onDone: () => void) => void;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** The newest news of it. */
  progress: Progress | null;
  report: ExportReport | null;
  error: unknown;
}

/** Writes the export, one at a time. */
export function useExport(): ExportRun {
  const [job, setJob] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const work = useExportDesk();
  const stop = useCancelJob();
  useProgress(
    job,
    useCallback((news: Progress) => setProgress(news), []),
  );
  return {
    run: (folder, initial, onDone) => {
      const name = crypto.randomUUID();
      setJob(name);
      setProgress(null);
      stop.reset();
      work.mutate({ folder, initial, job: name }, { onSuccess: onDone });
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
