import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { allTags, invalidate } from "@/bridge/keys";
import type { BulkSaved } from "@/bridge/types";
import { useUndo } from "@/bridge/writes";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";

interface Ending {
  /** Hears that it was written. */
  onDone: () => void;
  /** Hears that somebody changed these people meanwhile. */
  onStale: () => void;
}

/** Writing a change of many people: once, with a way to stop it, and a way back afterwards. */
export function useWriting({ onDone, onStale }: Ending) {
  const { t, number } = useWords();
  const errorWords = useErrorWords();
  const client = useQueryClient();
  const undo = useUndo();
  const job = useRef<string | null>(null);
  const [busy, setBusy] = useState(false);

  const takeBack = () => undo.mutate(undefined, { onError: (thrown) => toasts.failed(errorWords(thrown).title) });
  const finish = async (saved: BulkSaved) => {
    await invalidate(client, allTags);
    const text = t("bulk.saved", { count: saved.people, people: number(saved.people) });
    const skipped = saved.skipped > 0 ? ` ${t("bulk.skipped", { count: saved.skipped, people: number(saved.skipped) })}` : "";
    toasts.done(text + skipped, saved.change > 0 ? { label: t("kit.undo"), run: takeBack } : undefined);
    onDone();
  };
  const fail = (thrown: unknown) => {
    const error = asApiError(thrown);
    if (error.code === "cancelled") toasts.done(t("bulk.cancelled"));
    else if (error.code === "stale") {
      toasts.failed(t("bulk.stale"));
      onStale();
    } else toasts.failed(error.code === "invalid" ? error.message : errorWords(error).title);
  };
  return {
    busy,
    /** Asks the program to stop; nothing is written then. */
    stop: () => {
      if (job.current !== null) void api.cancelJob(job.current);
    },
    write: (save: (job: string) => Promise<BulkSaved>) => {
      if (busy) return;
      const name = `bulk-${String(Date.now())}`;
      job.current = name;
      setBusy(true);
      save(name)
        .then(finish, fail)
        .finally(() => {
          job.current = null;
          setBusy(false);
        });
    },
  };
}
