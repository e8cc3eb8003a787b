import type { MatrixAddress } from "@/features/groups/GroupsMatrix";

/** What the address of the groups holds: the matrix's own, and whether the list stands in its place. */
export interface GroupsSearch extends MatrixAddress {
  tab?: string;
}

const names: (keyof GroupsSearch)[] = ["rows", "context", "q", "g", "with", "gwith", "by", "at", "col", "tab"];

/** Takes what the address holds, and nothing else. */
export function readGroupsSearch(raw: Record<string, unknown>): GroupsSearch {
  const known = names.map((name) => [name, raw[name]] as const).filter(([, value]) => typeof value === "string" && value !== "");
  return Object.fromEntries(known) as GroupsSearch;
}
