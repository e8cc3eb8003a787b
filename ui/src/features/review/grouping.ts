import type { PlanOperation } from "@/bridge/types";

/** All that is pending for one person, account or group. */
export interface Concern {
  key: string;
  /** Its name for people. */
  subject: string;
  /** Id of the person, where it is one. */
  user: string | null;
  operations: PlanOperation[];
}

/** Operations by whom they concern, in the order in which each first appears. */
export function byConcern(operations: readonly PlanOperation[]): Concern[] {
  const found = new Map<string, Concern>();
  for (const operation of operations) {
    const key = operation.user ?? `${operation.entity} ${operation.subject || operation.key}`;
    const concern = found.get(key) ?? { key, subject: operation.subject || operation.key, user: operation.user, operations: [] };
    concern.operations.push(operation);
    found.set(key, concern);
  }
  return [...found.values()];
}

/** What a link leads to ("finance ro"); whose link it is stands in the heading already. */
export function linkTarget(operation: PlanOperation): string {
  const owner = operation.entity === "account_group" ? "account" : "user";
  return operation.changes
    .filter((change) => change.field !== owner)
    .map((change) => change.new ?? change.old ?? "")
    .filter((value) => value !== "")
    .join(" ");
}

/** Whether the operation joins or parts two records. */
export function isLink(operation: PlanOperation): boolean {
  return operation.kind === "link" || operation.kind === "unlink";
}
