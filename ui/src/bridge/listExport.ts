import type { ListFile } from "./bindings.gen";
import { useWatched } from "./jobs";

/** A list that is being written into a file. */
export interface ListExport<Input> {
  /** Writes it; the answer is there when the file is. */
  run: (input: Input) => Promise<ListFile>;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** What is being done: rows are `writing`. */
  phase: string;
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
  const { run, cancel, running, cancelling, news } = useWatched(write);
  return { run, cancel, running, cancelling, phase: news?.phase ?? "", done: news?.done ?? 0 };
}
