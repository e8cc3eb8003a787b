import { useWords } from "@/words";
import type { ExposureSource } from "./bindings.gen";
import { api } from "./client";
import { type FileOutcome, useFileExport } from "./fileExport";
import type { FileFormat } from "./listExport";

const COLUMNS = ["login", "name", "account", "gained", "lost", "login_change", "unknown"] as const;

/** Everybody whom a change concerns, on the way into a file. */
export interface ExposureFile {
  /** Asks where it shall be, and writes it. */
  write: (format: FileFormat) => Promise<FileOutcome>;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** Whether rows are written by now; before, people are looked at. */
  writing: boolean;
  /** People looked at, then rows written. */
  done: number;
}

/** Writes everybody whom a change concerns into a file, the change tried out anew. */
export function useExposureFile(source: ExposureSource | null): ExposureFile {
  const { t } = useWords();
  const { write, cancel, running, cancelling, phase, done } = useFileExport(api.exportExposure);
  const words: [string, string][] = [
    ["gained", t("kit.effect.login.gained")],
    ["lost", t("kit.effect.login.lost")],
  ];
  const columns = COLUMNS.map((key) => ({ key, title: t(`kit.effect.column.${key}`), words: key === "login_change" ? words : key === "unknown" ? [["yes", t("lists.yes")] as [string, string]] : [] }));
  return {
    write: async (format) => (source === null ? null : await write(t("kit.effect.fileName"), format, (target) => ({ ...target, source, columns }))),
    cancel,
    running,
    cancelling,
    writing: phase === "writing",
    done,
  };
}
