import { useCallback, useEffect, useRef, useState } from "react";
import type { DeleteHow, Exposure, ExposureSource, FieldValue, Progress, SettingInput, UserForm } from "./bindings.gen";
import { api } from "./client";
import { asApiError } from "./error";
import { type ExposureFile, useExposureFile } from "./exposureFile";
import { useProgress } from "./reads";

/** What a change would do, worked out in the program while one goes on editing. */
export interface ExposureWork {
  exposure: Exposure | null;
  /** How many people were looked at so far; null while nothing is worked out. */
  working: number | null;
  error: unknown;
  /** The way of everybody whom the answer concerns into a file. */
  file: ExposureFile;
  stop: () => void;
  start: () => void;
}

/** How long one goes on editing before it is worked out, in milliseconds. */
const PAUSE = 400;
/** An answer that comes sooner takes the place of the one before without a word in between, in milliseconds. */
const SOON = 300;

interface State {
  job: string | null;
  people: number;
  /** Whether it takes so long that one is told. */
  told: boolean;
  exposure: Exposure | null;
  /** What the answer is of: meanwhile one may have gone on editing. */
  source: ExposureSource | null;
  error: unknown;
}

const NOTHING: State = { job: null, people: 0, told: false, exposure: null, source: null, error: null };

/** Works out what a change would do to people and tickets: again whenever it, or `key`, is another one. */
function useExposure(source: ExposureSource, ask: (job: string) => Promise<Exposure>, key: string = JSON.stringify(source)): ExposureWork {
  const [state, setState] = useState<State>(NOTHING);
  const running = useRef<string | null>(null);
  const stop = useCallback(() => {
    if (running.current !== null) void api.cancelJob(running.current);
    running.current = null;
  }, []);
  const latest = useRef({ source, ask });
  useEffect(() => {
    latest.current = { source, ask };
  });
  const start = useCallback(() => {
    const job = crypto.randomUUID();
    const asked = latest.current;
    running.current = job;
    setState((now) => ({ ...now, job, people: 0, told: false, error: null }));
    setTimeout(() => setState((now) => (now.job === job ? { ...now, told: true } : now)), SOON);
    const done = (answer: Partial<State>) => {
      if (running.current !== job) return;
      running.current = null;
      setState({ ...NOTHING, ...answer });
    };
    asked.ask(job).then(
      (exposure) => done({ exposure, source: asked.source }),
      (thrown: unknown) => done({ error: asApiError(thrown).code === "cancelled" ? null : thrown }),
    );
  }, []);
  useEffect(() => {
    const later = setTimeout(start, PAUSE);
    return () => {
      clearTimeout(later);
      stop();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- another key is another question
  }, [key, start, stop]);
  useProgress(
    state.job,
    useCallback((news: Progress) => setState((now) => (now.job === news.job ? { ...now, people: news.done } : now)), []),
  );
  const first = state.exposure === null && state.error === null;
  return {
    exposure: state.exposure,
    working: state.job !== null && (state.told || first) ? state.people : null,
    error: state.error,
    file: useExposureFile(state.source),
    stop: () => {
      stop();
      setState(NOTHING);
    },
    start,
  };
}

/** What these settings would do. */
export const useSettingsExposure = (inputs: readonly SettingInput[]) => useExposure({ of: "settings", settings: [...inputs] }, (job) => api.exposureOfSettings([...inputs], job));

/** What saving a person's form would do; of a new person where there is no id. */
export const useUserExposure = (id: string | null, form: UserForm) => useExposure({ of: "user", id, form }, (job) => api.exposureOfUser(id, form, job));

/** What saving a record's form would do; of a new record where there is no id. */
export const useRecordExposure = (entity: string, id: string | null, values: Record<string, FieldValue>) =>
  useExposure({ of: "record", entity, id, values }, (job) => api.exposureOfRecord(entity, id, values, job));

/** What deleting a record would do, with what becomes of what refers to it. */
export const useDeletionExposure = (entity: string, id: string, how: DeleteHow) =>
  useExposure({ of: "deletion", entity, id, how }, (job) => api.exposureOfDeletion(entity, id, how, job));

/** What all that is pending does, held against what the desk had; `key` says which state it is of. */
export const usePendingExposure = (key: string) => useExposure({ of: "pending" }, (job) => api.exposureOfPending(job), key);

/** What was done after a change, or what taking that change back would do. */
export const useChangeExposure = (change: number, way: "since" | "undo") =>
  useExposure({ of: way, change }, (job) => (way === "since" ? api.exposureSince(change, job) : api.exposureOfUndo(change, job)));
