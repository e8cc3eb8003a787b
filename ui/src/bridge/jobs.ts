import { api } from "./client";

/** The name of long work that the program stops when nobody waits for its answer any more. */
export function jobOf(signal: AbortSignal | undefined): string {
  const job = crypto.randomUUID();
  signal?.addEventListener("abort", () => void api.cancelJob(job).catch(() => undefined));
  return job;
}
