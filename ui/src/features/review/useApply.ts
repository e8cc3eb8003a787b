import { useWatched } from "@/bridge/jobs";
import type { ApplyInput, ApplyReport, DatabaseLogin, Progress } from "@/bridge/types";
import { useApplyDesk } from "@/bridge/writes";

/** Changes on their way into the desk's database, or there. */
export interface ApplyRun {
  run: (input: ApplyInput, login: DatabaseLogin, onDone: () => void) => void;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  progress: Progress | null;
  report: ApplyReport | null;
  /** Over which connection it went. */
  over: { to: string; login: DatabaseLogin } | null;
  error: unknown;
}

/** Applies what is pending to the desk's database, one time after another. */
export function useApply(): ApplyRun {
  const apply = useApplyDesk();
  const work = useWatched((asked: { input: ApplyInput; login: DatabaseLogin }, job) => apply.mutateAsync({ ...asked, job }));
  return {
    // The error stays with the work, where the dialog reads it.
    run: (input, login, onDone) => void work.run({ input, login }).then((report) => (report.dry_run || report.refused ? undefined : onDone()), () => undefined),
    cancel: work.cancel,
    running: work.running,
    cancelling: work.cancelling,
    progress: work.news,
    report: work.data ?? null,
    over: work.asked ? { to: work.asked.input.to, login: work.asked.login } : null,
    error: work.error,
  };
}
