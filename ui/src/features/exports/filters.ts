import type { ExportRow, LedgerOperation, VerifiedOperation, VerifyReport } from "@/bridge/types";

/** What a list of operations is narrowed to. */
export type Filter = "all" | "todo" | "ticked" | "applied" | "not_applied" | "drifted" | "unknown";

/** Ways to narrow the operations of an export: by what became of them, once that is known, else by ticks. */
export function tabsOf(row: ExportRow, report: VerifyReport | null): { value: Filter; count: number }[] {
  const all = { value: "all" as const, count: row.operations };
  if (report) {
    const { not_applied, drifted, applied, unknown } = report;
    const outcomes: { value: Filter; count: number }[] = [
      { value: "not_applied", count: not_applied },
      { value: "drifted", count: drifted },
      { value: "applied", count: applied },
      { value: "unknown", count: unknown },
    ];
    return [all, ...outcomes];
  }
  if (row.steps === 0) return [all];
  return [all, { value: "todo", count: row.steps - row.done }, { value: "ticked", count: row.done }];
}

/** Whether an operation stands in the list that is narrowed so. */
export function matches(filter: Filter, operation: LedgerOperation, verified: VerifiedOperation | undefined): boolean {
  if (filter === "all") return true;
  if (filter === "todo") return operation.by_hand && operation.done_by === null;
  if (filter === "ticked") return operation.done_by !== null;
  return verified?.outcome === filter;
}
