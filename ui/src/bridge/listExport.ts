import { useMutation } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { ListFile, Progress } from "./bindings.gen";
import { useProgress } from "./reads";
import { useCancelJob } from "./writes";

/** A list that is being written into a file. */
export interface ListExport<Input> {
  /** Writes it; the answer is there when the file is. */
  run: (input: Input) => Promise<ListFile>;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** Rows written so far. */
  done: number;
}

/** What a list can be written as. */
export type FileFormat = "csv" | "xlsx";

/** A name that every system takes for a file. */
export function fileName(text: string, format: FileFormat): string {
  return `${text.replace(/[\\/:*?"<>|\p{C}]+/gu, " ").trim().slice(0, 80) || "list"}.${format}`;
}

/** Where numbers have decimal commas, spreadsheets expect semicolons. */
export function separatorOf(language: string): "," | ";" {
  return (1.5).toLocaleString(language).includes(",") ? ";" : ",";
}

/** Writes lists into files, one at a time, by a command that takes the name of the job as well. */
export function useListExport<Input>(write: (input: Input, job: string) => Promise<ListFile>): ListExport<Input> {
  const [job, setJob] = useState<string | null>(null);
  const [done, setDone] = useState(0);
  const work = useMutation({ mutationFn: ({ input, name }: { input: Input; name: string }) => write(input, name) });
  const stop = useCancelJob();
  useProgress(
    job,
    useCallback((news: Progress) => setDone(news.done), []),
  );
  return {
    run: (input) => {
      const name = crypto.randomUUID();
      setJob(name);
      setDone(0);
      stop.reset();
      return work.mutateAsync({ input, name });
    },
    cancel: () => {
      if (job !== null) stop.mutate(job);
    },
    running: work.isPending,
    cancelling: work.isPending && (stop.isPending || stop.isSuccess),
    done,
  };
}
