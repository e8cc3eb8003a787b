import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/bridge/client";
import { type ApiError, asApiError } from "@/bridge/error";
import type { BulkPreview, Exposure } from "@/bridge/types";

/** How long the form rests before the program is asked, in milliseconds. */
const REST_MS = 500;

/** What is known of a change that is not made yet. */
export interface Trial<P> {
  /** What it would change. */
  preview: P | null;
  /** Whom it would expose to what; `null` while that is worked out, and where nobody wanted it. */
  exposure: Exposure | null;
  /** Whether an answer is under way, or about to be. */
  busy: boolean;
  /** Whether somebody stopped it. */
  stopped: boolean;
  error: ApiError | null;
  /** Stops working it out. */
  stop: () => void;
  /** Works it out again. */
  again: () => void;
}

interface Asking<P> {
  /** Names the change; another name is another change. `null` asks nothing. */
  key: string | null;
  preview: (job: string) => Promise<P>;
  /** Asks for the exposure, unless the preview says that there is nothing to ask. */
  exposure: (job: string, preview: P) => Promise<Exposure> | null;
}

interface Known<P> {
  key: string | null;
  preview: P | null;
  exposure: Exposure | null;
  error: ApiError | null;
  stopped: boolean;
  done: boolean;
}

const unknown = { key: null, preview: null, exposure: null, error: null, stopped: false, done: false };
let jobs = 0;

/** Asks what a change would do, once it has rested; another change cancels the question. */
export function useTrial<P>({ key: change, preview, exposure }: Asking<P>): Trial<P> {
  const [known, setKnown] = useState<Known<P>>(unknown);
  const [round, setRound] = useState(0);
  // The same change asked about once more is another question.
  const key = change === null ? null : `${String(round)} ${change}`;
  const asks = useRef({ preview, exposure });
  const running = useRef<string[]>([]);
  useEffect(() => {
    asks.current = { preview, exposure };
  });
  const cancel = useCallback(() => {
    for (const job of running.current) void api.cancelJob(job);
    running.current = [];
  }, []);

  useEffect(() => {
    if (key === null) return undefined;
    let over = false;
    const tell = (next: Partial<Known<P>>) => {
      if (!over) setKnown((old) => ({ ...(old.key === key ? old : { ...unknown, preview: old.preview }), key, ...next }));
    };
    const job = (): string => {
      jobs += 1;
      const name = `trial-${String(jobs)}`;
      running.current = [name];
      return name;
    };
    tell({ exposure: null, error: null, stopped: false, done: false });
    const ask = async () => {
      try {
        const told = await asks.current.preview(job());
        tell({ preview: told });
        if (over) return;
        const wanted = asks.current.exposure(job(), told);
        tell({ exposure: wanted === null ? null : await wanted, done: true });
      } catch (thrown) {
        const error = asApiError(thrown);
        tell(error.code === "cancelled" ? { stopped: true, done: true } : { error, done: true });
      }
    };
    const rest = setTimeout(() => void ask(), REST_MS);
    return () => {
      over = true;
      clearTimeout(rest);
      cancel();
    };
  }, [key, cancel]);

  const current = known.key === key && key !== null;
  return {
    preview: current ? known.preview : null,
    exposure: current ? known.exposure : null,
    error: current ? known.error : null,
    stopped: current && known.stopped,
    busy: key !== null && !(current && known.done),
    stop: () => {
      cancel();
      setKnown((old) => ({ ...old, stopped: true, done: true }));
    },
    again: () => setRound((old) => old + 1),
  };
}

/** Whether a change can be written now: it is known what it does, and nobody stands in the way. */
export function canWrite(preview: BulkPreview | null, busy: boolean, skip: boolean): boolean {
  return preview !== null && !busy && preview.changed > 0 && (preview.invalid === 0 || (skip && preview.changed > preview.invalid));
}
