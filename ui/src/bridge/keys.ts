import type { QueryClient } from "@tanstack/react-query";
import type { PageQuery, RecordQuery, TableMapping, UserQuery, Viewer } from "./bindings.gen";

/** What the program calls the things that grow old together; the first part of every query key. */
export type Tag = "workspace" | "users" | "preview" | "plan" | "history";

export const allTags: readonly Tag[] = ["workspace", "users", "preview", "plan", "history"];

/** Whose preview it is, whatever stands in the draft: what is kept while the draft changes. */
export function personOf(viewer: Viewer): string {
  // What is kept while one types is of the same time, and by the same rules.
  return `${viewer.id ?? "new"}${viewer.at ? ` ${String(viewer.at)}` : ""}${viewer.desk ? ` ${viewer.desk}` : ""}`;
}

export const keys = {
  workspace: () => ["workspace"] as const,
  locked: () => ["locked"] as const,
  users: (query: UserQuery) => ["users", "list", query] as const,
  facets: (query: UserQuery) => ["users", "facets", query] as const,
  groupFacet: (query: UserQuery) => ["users", "group-facet", query] as const,
  queryNames: (accounts: string[], groups: string[]) => ["users", "names", accounts, groups] as const,
  deskForm: () => ["desk-form"] as const,
  user: (id: string) => ["users", "one", id] as const,
  /** A new person's form, by the key under which it is kept. */
  newUser: (draft: string) => ["users", "new", draft] as const,
  /** What one person sees and another does not. */
  compare: (first: string, second: string) => ["preview", "compare", first, second] as const,
  /** What is said of a translation to another desk. */
  translation: (to: string) => ["workspace", "translation", to] as const,
  drafts: () => ["users", "drafts"] as const,
  /** Names of records of a kind. */
  labels: (entity: string, ids: readonly string[]) => ["users", "labels", entity, ids] as const,
  accountChoices: (search: string) => ["users", "account-choices", search] as const,
  recordList: (entity: string, query: RecordQuery) => ["users", "record-list", entity, query] as const,
  recordCounts: () => ["users", "record-counts"] as const,
  record: (entity: string, id: string | null) => ["users", "record", entity, id] as const,
  deletion: (entity: string, id: string) => ["users", "deletion", entity, id] as const,
  tree: (parent: string | null) => ["users", "tree", parent] as const,
  records: (entity: string, search: string) => ["users", "records", entity, search] as const,
  settingsDraft: (path: string) => ["settings-draft", path] as const,
  accounts: (search: string) => ["users", "accounts", search] as const,
  groups: () => ["users", "groups"] as const,
  preview: (viewer: Viewer) => ["preview", "front", personOf(viewer), viewer] as const,
  page: (viewer: Viewer, list: PageQuery["list"], tab: PageQuery["tab"], app: string | null, changed: boolean) =>
    ["preview", "page", personOf(viewer), list, tab, app, changed, viewer] as const,
  ticket: (viewer: Viewer, number: string) => ["preview", "ticket", personOf(viewer), number, viewer] as const,
  why: (viewer: Viewer, number: string) => ["preview", "why", personOf(viewer), number, viewer] as const,
  tickets: (text: string) => ["preview", "tickets", text] as const,
  ticketHead: (number: string) => ["preview", "ticket-head", number] as const,
  whoCount: (number: string, activity: number | null) => ["preview", "who-count", number, activity] as const,
  who: (number: string, activity: number | null, part: string) => ["preview", "who", number, activity, part] as const,
  findingCounts: () => ["users", "finding-counts"] as const,
  findings: (kind: string, muted: boolean) => ["users", "findings", kind, muted] as const,
  findingsOfUser: (id: string) => ["users", "findings-of", id] as const,
  expectations: () => ["preview", "expectations", "check"] as const,
  expectationChoices: () => ["workspace", "expectation-choices"] as const,
  proposedExpectations: (user: string) => ["preview", "expectations", "proposed", user] as const,
  heatTop: () => ["preview", "heat", "top"] as const,
  heatHead: () => ["preview", "heat", "head"] as const,
  heatRows: (search: string) => ["preview", "heat", "rows", search] as const,
  heatPeople: (account: string, column: string | null) => ["preview", "heat", "people", account, column] as const,
  templates: () => ["users", "templates"] as const,
  licences: () => ["users", "licences"] as const,
  plan: () => ["plan", "operations"] as const,
  conflicts: () => ["plan", "conflicts"] as const,
  /** A table before it is read; an import makes it old, which remembers its columns and knows more records. */
  table: (path: string, mapping: TableMapping, forget: boolean) => ["users", "table", path, mapping, forget] as const,
  dumpScript: (desk: string, database: string) => ["dump-script", desk, database] as const,
  /** Every change, import and export enters it. */
  overview: () => ["history", "overview"] as const,
  /** Every export and every tick enters them. */
  exports: () => ["history", "exports"] as const,
  exportOperations: (id: string) => ["history", "exports", id] as const,
  colleague: (viewer: Viewer, id: string) => ["preview", "colleague", viewer, id] as const,
  visitor: () => ["preview", "visitor"] as const,
  changes: () => ["history", "changes"] as const,
};

/** Makes everything with these tags old; what is on the screen is asked again. */
export async function invalidate(client: QueryClient, tags: readonly string[]): Promise<void> {
  await Promise.all(tags.map((tag) => client.invalidateQueries({ queryKey: [tag] })));
}
