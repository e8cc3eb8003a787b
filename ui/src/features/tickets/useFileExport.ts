import { type Target, useFileExport as useOutcome } from "@/bridge/fileExport";
import type { FileFormat } from "@/bridge/listExport";
import type { ListFile } from "@/bridge/types";
import { useTellExport } from "@/kit/useTellExport";

/** Writes a list into a file by a command: asks where, and says when it is there. */
export function useFileExport<Input>(command: (input: Input, job: string) => Promise<ListFile>, proposal: string, input: (target: Target) => Input) {
  const tell = useTellExport();
  const file = useOutcome(command);
  const write = async (format: FileFormat) => tell(await file.write(proposal, format, input));
  return { ...file, write };
}
