import { useCallback, useEffect, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError, type ApiError } from "@/bridge/error";
import { useProgress } from "@/bridge/reads";
import type { FieldProblem, Progress } from "@/bridge/types";
import { useCancelJob, useChangePassphrase } from "@/bridge/writes";

/** What can be done with a passphrase. */
export type PassphraseTask = "set" | "change" | "remove";

/** What is typed. */
export interface PassphraseTyped {
  current: string;
  next: string;
  again: string;
}

/** What is wrong with a new passphrase, or worth knowing about it; said by the program, as it is typed. */
export function useJudgement(next: string): FieldProblem | null {
  const [judged, setJudged] = useState<{ text: string; problem: FieldProblem | null }>({ text: "", problem: null });
  useEffect(() => {
    if (next === "") return;
    let over = false;
    api.checkPassphrase(next).then(
      (problem) => !over && setJudged({ text: next, problem }),
      // The program asks again before it changes anything.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [next]);
  return judged.text === next ? judged.problem : null;
}

/** A change of passphrase under way. */
export interface PassphraseRun {
  /** Does it; true once it is done. */
  run: (task: PassphraseTask, typed: PassphraseTyped) => Promise<boolean>;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** Which file is being written anew. */
  progress: Progress | null;
  error: ApiError | null;
  /** Forgets the error. */
  reset: () => void;
}

/** Sets, changes and removes the passphrase. */
export function usePassphrase(): PassphraseRun {
  const [job, setJob] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const change = useChangePassphrase();
  const stop = useCancelJob();
  useProgress(job, useCallback((news: Progress) => setProgress(news), []));
  const run = async (task: PassphraseTask, typed: PassphraseTyped) => {
    const name = crypto.randomUUID();
    setJob(name);
    setProgress(null);
    stop.reset();
    const passphrase = { current: task === "set" ? null : typed.current, new: task === "remove" ? null : typed.next };
    return change.mutateAsync({ passphrase, job: name }).then(
      () => {
        change.reset();
        return true;
      },
      () => false,
    );
  };
  return {
    run,
    cancel: () => {
      if (job !== null) stop.mutate(job);
    },
    running: change.isPending,
    cancelling: change.isPending && (stop.isPending || stop.isSuccess),
    progress,
    error: change.error ? asApiError(change.error) : null,
    reset: change.reset,
  };
}
