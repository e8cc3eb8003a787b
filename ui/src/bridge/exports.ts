import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { DatabaseLogin, LedgerOperation, OperationChoice, Progress, VerifyReport } from "./bindings.gen";
import { api } from "./client";
import { invalidate, keys } from "./keys";
import { useProgress } from "./reads";
import { useCancelJob } from "./writes";

/** What was exported, newest first. */
export const useExports = () => useQuery({ queryKey: keys.exports(), queryFn: () => api.listExports(), retry: false });

/** The operations of an export. */
export const useExportOperations = (id: string) =>
  useQuery({ queryKey: keys.exportOperations(id), queryFn: () => api.exportOperations(id), retry: false });

/** Ticks steps of an export as done, or takes ticks back. */
export function useTickSteps(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tick: { positions: number[]; done: boolean }) => api.tickSteps(id, tick.positions, tick.done),
    onSuccess: () => invalidate(client, ["history"]),
  });
}

/** Whether an export's files are still what was written; asked on demand and never kept. */
export const useCheckExportFiles = () => useMutation({ mutationFn: (folder: string) => api.checkExportFiles(folder), gcTime: 0 });

/** A verification under way or done. */
export interface VerifyRun {
  /** Lays an export beside what a folder or file says of the desk. */
  run: (path: string, login?: DatabaseLogin) => void;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  progress: Progress | null;
  report: VerifyReport | null;
  /** What it was laid beside. */
  path: string | null;
  error: unknown;
}

/** Verifies an export, the last one where none is named, one time after another. */
export function useVerify(id: string | null): VerifyRun {
  const [job, setJob] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const client = useQueryClient();
  const work = useMutation({
    mutationFn: (asked: { path: string; job: string; login: DatabaseLogin | null }) => api.verifyExport({ path: asked.path, database: null, export: id }, asked.job, asked.login),
    // What the desk has is pending no more.
    onSuccess: () => invalidate(client, ["workspace", "users", "preview", "plan", "history"]),
    // The password of a database is kept no longer than it is needed.
    gcTime: 0,
  });
  const stop = useCancelJob();
  useProgress(
    job,
    useCallback((news: Progress) => setProgress(news), []),
  );
  return {
    run: (path, login) => {
      const name = crypto.randomUUID();
      setJob(name);
      setProgress(null);
      stop.reset();
      work.mutate({ path, job: name, login: login ?? null });
    },
    cancel: () => {
      if (job !== null) stop.mutate(job);
    },
    running: work.isPending,
    cancelling: work.isPending && (stop.isPending || stop.isSuccess),
    progress,
    report: work.data ?? null,
    path: work.variables?.path ?? null,
    error: work.error,
  };
}

/** Settles operations of which the desk has something else, as the last verification found it. */
export function useSettleOperations(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choices: OperationChoice[]) => api.settleOperations({ export: id, choices }),
    onSuccess: () => invalidate(client, ["workspace", "users", "preview", "plan", "history"]),
  });
}

/** Whether an operation joins or parts two records. */
export const isLinkOperation = (operation: LedgerOperation): boolean => operation.kind === "link" || operation.kind === "unlink";
