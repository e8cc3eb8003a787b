import { useCallback, useEffect, useRef, useState } from "react";
import type { FlipChange, Flips, Progress, Viewer } from "./bindings.gen";
import { api } from "./client";
import { asApiError } from "./error";
import { useWatched } from "./jobs";
import { useProgress } from "./reads";

/** What would flip an answer, worked out on demand: changes are tried out, and nothing is written. */
export interface FlipsAsked {
  /** The answer; null until it was asked for. */
  told: Flips | null;
  /** How many people were compared so far; null while nothing is worked out. */
  working: number | null;
  error: unknown;
  ask: () => void;
  /** Goes without counting whom else the changes touch. */
  stop: () => void;
}

interface State {
  job: string | null;
  people: number;
  told: Flips | null;
  error: unknown;
}

const NOTHING: State = { job: null, people: 0, told: null, error: null };

/** Counts whom one proposal touches, where that was not done at once because it concerns many. */
export const useFlipTouch = (viewer: Viewer, number: string, question: string) =>
  useWatched((changes: FlipChange[], job) => api.flipTouch(viewer, number, question, changes, job));

/** Another viewer, ticket or question is another mount: give it a key. */
export function useFlips(viewer: Viewer, number: string, question: string): FlipsAsked {
  const [state, setState] = useState<State>(NOTHING);
  const running = useRef<string | null>(null);
  const stop = useCallback(() => {
    if (running.current !== null) void api.cancelJob(running.current).catch(() => undefined);
  }, []);
  const ask = () => {
    const job = crypto.randomUUID();
    running.current = job;
    setState({ ...NOTHING, job });
    const done = (answer: Partial<State>) => {
      if (running.current !== job) return;
      running.current = null;
      setState({ ...NOTHING, ...answer });
    };
    api.flips(viewer, number, question, job).then(
      (told) => done({ told }),
      (thrown: unknown) => done({ error: asApiError(thrown).code === "cancelled" ? null : thrown }),
    );
  };
  useEffect(
    () => () => {
      stop();
      running.current = null;
    },
    [stop],
  );
  useProgress(
    state.job,
    useCallback((news: Progress) => setState((now) => (now.job === news.job ? { ...now, people: news.done } : now)), []),
  );
  return { told: state.told, working: state.job === null ? null : state.people, error: state.error, ask, stop };
}
