import { useWatched } from "@/bridge/jobs";
import type { ExportReport, InitialPasswords, Progress } from "@/bridge/types";
import { useExportDesk } from "@/bridge/writes";

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
  const write = useExportDesk();
  const work = useWatched((asked: { folder: string; initial: InitialPasswords | null }, job) => write.mutateAsync({ ...asked, job }));
  return {
    // The error stays with the work, where the screen reads it.
    run: (folder, initial, onDone) => void work.run({ folder, initial }).then(onDone, () => undefined),
    cancel: work.cancel,
    running: work.running,
    cancelling: work.cancelling,
    progress: work.news,
    report: work.data ?? null,
    error: work.error,
  };
}
