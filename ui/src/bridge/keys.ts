import type { QueryClient } from "@tanstack/react-query";
import type { PageQuery, UserQuery, Viewer } from "./bindings.gen";

/** What the program calls the things that grow old together; the first part of every query key. */
export type Tag = "workspace" | "users" | "preview" | "plan" | "history";

export const allTags: readonly Tag[] = ["workspace", "users", "preview", "plan", "history"];

/** Whose preview it is, whatever stands in the draft: what is kept while the draft changes. */
export function personOf(viewer: Viewer): string {
  return viewer.id ?? "new";
}

export const keys = {
  workspace: () => ["workspace"] as const,
  users: (query: UserQuery) => ["users", "list", query] as const,
  facets: (query: UserQuery) => ["users", "facets", query] as const,
  user: (id: string) => ["users", "one", id] as const,
  newUser: (like: string | null) => ["users", "new", like] as const,
  accountChoices: (search: string) => ["users", "account-choices", search] as const,
  accounts: (search: string) => ["users", "accounts", search] as const,
  groups: () => ["users", "groups"] as const,
  preview: (viewer: Viewer) => ["preview", "front", personOf(viewer), viewer] as const,
  page: (viewer: Viewer, list: PageQuery["list"], tab: PageQuery["tab"]) =>
    ["preview", "page", personOf(viewer), list, tab, viewer] as const,
  ticket: (viewer: Viewer, number: string) => ["preview", "ticket", personOf(viewer), number, viewer] as const,
  why: (viewer: Viewer, number: string) => ["preview", "why", personOf(viewer), number, viewer] as const,
  plan: () => ["plan", "operations"] as const,
  conflicts: () => ["plan", "conflicts"] as const,
  dumpScript: (desk: string, database: string) => ["dump-script", desk, database] as const,
  changes: () => ["history", "changes"] as const,
};

/** Makes everything with these tags old; what is on the screen is asked again. */
export async function invalidate(client: QueryClient, tags: readonly string[]): Promise<void> {
  await Promise.all(tags.map((tag) => client.invalidateQueries({ queryKey: [tag] })));
}
