import { useCallback, useState } from "react";
import { useProgress } from "@/bridge/reads";
import type { DatabaseLogin, ImportInput, ImportReport, Progress } from "@/bridge/types";
import { useCancelJob, useImportDesk } from "@/bridge/writes";

/** An import under way, rehearsed or done. */
export interface ImportRun {
  /** Reads and reports, writes nothing. */
  rehearse: () => void;
  /** Reads and writes. */
  run: () => void;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** How far it is, by phase and kind, in the order in which they came. */
  progress: readonly Progress[];
  report: ImportReport | null;
  /** What went wrong. */
  error: unknown;
}

/** The newest count of each phase and kind, in the order of their first appearance. */
function take(before: readonly Progress[], news: Progress): readonly Progress[] {
  const same = (one: Progress) => one.phase === news.phase && one.kind === news.kind;
  return before.some(same) ? before.map((one) => (same(one) ? news : one)) : [...before, news];
}

/** Runs imports one at a time; `input` is what the form says. What was found out for another input is not shown. */
export function useImport(input: Omit<ImportInput, "dry_run">, login: DatabaseLogin | null): ImportRun {
  const [job, setJob] = useState<string | null>(null);
  const [about, setAbout] = useState("");
  const said = JSON.stringify(input);
  const [progress, setProgress] = useState<readonly Progress[]>([]);
  const work = useImportDesk();
  const stop = useCancelJob();
  useProgress(
    job,
    useCallback((news: Progress) => setProgress((before) => take(before, news)), []),
  );
  const start = (dryRun: boolean) => {
    const name = crypto.randomUUID();
    setJob(name);
    setAbout(said);
    setProgress([]);
    stop.reset();
    work.mutate({ input: { ...input, dry_run: dryRun }, job: name, login });
  };
  return {
    rehearse: () => start(true),
    run: () => start(false),
    cancel: () => {
      if (job !== null) stop.mutate(job);
    },
    running: work.isPending,
    cancelling: work.isPending && (stop.isPending || stop.isSuccess),
    progress,
    report: about === said ? (work.data ?? null) : null,
    error: about === said ? work.error : null,
  };
}
