import { deskOf } from "../desks";
import type { WorkspaceInfo } from "../bindings.gen";

/** What the fake can play: `?fake=slow` in the address, or given by a test. */
export type Scenario = "sample" | "first" | "empty" | "error" | "slow" | "unknown" | "big" | "conflicts" | "badsource" | "locked" | "stuck";

const SCENARIOS: readonly Scenario[] = ["sample", "first", "empty", "error", "slow", "unknown", "big", "conflicts", "badsource", "locked", "stuck"];

export function scenarioFromAddress(): Scenario {
  // The router takes what stands before the "#" for its own, so the scenario may stand behind it too.
  const wanted = /[?&]fake=([a-z]+)/.exec(globalThis.location?.href ?? "")?.[1];
  return SCENARIOS.find((scenario) => scenario === wanted) ?? "sample";
}

/** The desk of which the fake knows who sees what. */
export const MODELLED = "otobo";

/** The desk that a browser's address asks for: `?desk=zoho`; `?fake=zoho` as well, for its sample. */
export function deskFromAddress(): string {
  const wanted = /[?&](?:desk|fake)=([a-z0-9]+)/.exec(globalThis.location?.href ?? "")?.[1] ?? "";
  return deskOf(wanted) ? wanted : MODELLED;
}

/** Desks by whose rules the people of one another can be looked at. */
const MOVING = ["daktela", "innosoft", "otobo", "zoho"];

/** What desks sort tickets by that have no queues by that name. */
const SORTED: Record<string, string> = { daktela: "category", elma365: "app", innosoft: "address", zoho: "department" };

/** What the window can do with a desk. */
export function abilities(desk: string): Pick<WorkspaceInfo, "desk" | "desk_name" | "preview" | "sorted_by" | "translations" | "can_import" | "can_export"> {
  const known = deskOf(desk);
  return { desk, desk_name: known?.name ?? desk, preview: desk === MODELLED, sorted_by: SORTED[desk] ?? "queue", translations: MOVING.includes(desk) ? MOVING.filter((one) => one !== desk) : [], can_import: known?.canImport ?? false, can_export: true };
}
