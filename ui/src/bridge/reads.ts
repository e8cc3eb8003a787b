import { useEffect } from "react";
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import type { Cursor, Preview, Progress, TicketPage, UserQuery, Viewer } from "./bindings.gen";
import { api, backend } from "./client";
import { asApiError, type ApiError } from "./error";
import { invalidate, keys, personOf } from "./keys";

/** Rows asked for at once in lists that scroll. */
export const PAGE_SIZE = 100;

/** How long a preview of a draft that is no longer shown is kept, in milliseconds. */
const DRAFT_LIFETIME = 60_000;

/** The open workspace; `null` data means that none is open. */
export function useWorkspace() {
  return useQuery({ queryKey: keys.workspace(), queryFn: () => api.workspaceInfo() });
}

/** What the open workspace's desk sorts tickets by; a key of the words `place`. */
export function useSortedBy(): string {
  return useWorkspace().data?.sorted_by ?? "queue";
}

/** People, page after page; rows and total as the query stands. */
export function useUsers(query: UserQuery) {
  return useInfiniteQuery({
    queryKey: keys.users(query),
    queryFn: ({ pageParam }) => api.listUsers(query, pageParam, PAGE_SIZE),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return last.rows.length > 0 && loaded < last.total ? loaded : undefined;
    },
    placeholderData: keepPreviousData,
  });
}

/** The facets beside the list of people. */
export function useUserFacets(query: UserQuery) {
  return useQuery({
    queryKey: keys.facets(query),
    queryFn: () => api.userFacets(query),
    placeholderData: keepPreviousData,
  });
}

/** How many people each group has, under all other conditions; asked while the facet is open. */
export function useGroupFacet(query: UserQuery, open: boolean) {
  return useQuery({
    queryKey: keys.groupFacet(query),
    queryFn: () => api.groupFacet(query),
    enabled: open,
    placeholderData: keepPreviousData,
  });
}

/** What a query names by id, and whether it is still there; not asked where it names nothing. */
export function useQueryNames(query: Pick<UserQuery, "accounts" | "groups">) {
  const { accounts = [], groups = [] } = query;
  return useQuery({
    queryKey: keys.queryNames(accounts, groups),
    queryFn: () => api.queryNames({ accounts, groups }),
    enabled: accounts.length + groups.length > 0,
  });
}

/** What the desk's forms are made of. */
export function useDeskForm() {
  return useQuery({ queryKey: keys.deskForm(), queryFn: () => api.deskForm(), staleTime: Infinity });
}

/** A person with form and surroundings; not asked while `id` is null. */
export function useUser(id: string | null) {
  return useQuery({ queryKey: keys.user(id ?? ""), queryFn: () => api.getUser(id ?? ""), enabled: id !== null });
}

/** Before the id of a template, where a new person begins with its rights. */
export const FROM_TEMPLATE = "template:";

/** A form for a new person, with the rights of `like` (a person, or a template) where given, and what is kept of it under `draft`; not asked while `draft` is null. */
export function useNewUser(like: string | null, draft: string | null) {
  return useQuery({
    queryKey: keys.newUser(draft ?? ""),
    queryFn: async () => {
      const [fresh, kept] = await Promise.all([(like?.startsWith(FROM_TEMPLATE) ? api.newUserFrom(like.slice(FROM_TEMPLATE.length)) : api.newUser(like)), api.getDraft(draft ?? "")]);
      return { ...fresh, draft: kept };
    },
    enabled: draft !== null,
  });
}

/** Forms of people that were not saved, the last one edited first. */
export function useDrafts() {
  return useQuery({ queryKey: keys.drafts(), queryFn: () => api.listDrafts() });
}

/** Accounts to choose from, by part of key or name. */
export function useAccountChoices(search: string, limit = 50) {
  return useQuery({
    queryKey: keys.accountChoices(search),
    queryFn: () => api.searchAccounts(search, limit),
    placeholderData: keepPreviousData,
  });
}

/** Records of a kind to choose from, by part of a name. */
export function useRecordChoices(entity: string, search: string, limit = 50) {
  return useQuery({
    queryKey: keys.records(entity, search),
    queryFn: () => api.searchRecords(entity, search, limit),
    placeholderData: keepPreviousData,
  });
}

/** Accounts, page after page. */
export function useAccounts(search: string) {
  return useInfiniteQuery({
    queryKey: keys.accounts(search),
    queryFn: ({ pageParam }) => api.listAccounts(search, pageParam, PAGE_SIZE),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return last.rows.length > 0 && loaded < last.total ? loaded : undefined;
    },
    placeholderData: keepPreviousData,
  });
}

/** All groups. */
export function useGroups() {
  return useQuery({ queryKey: keys.groups(), queryFn: () => api.listGroups() });
}

/** What the preview pane can show just now. */
export interface PreviewState {
  /** The preview to show: the asked one, or the last valid one of the same person. */
  preview: Preview | null;
  /** Whose eyes `preview` was seen through; the pages beside it are asked for the same. */
  viewer: Viewer | null;
  /** Why the asked one cannot be shown; `preview` may still hold the last valid one. */
  error: ApiError | null;
  /** Whether an answer is under way. */
  busy: boolean;
  /** Asks again. */
  retry: () => void;
}

function lastValid(client: QueryClient, person: string): { preview: Preview; viewer: Viewer } | null {
  const found = client
    .getQueryCache()
    .findAll({ queryKey: ["preview", "front", person] })
    .filter((query) => query.state.data !== undefined)
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)[0];
  return found ? { preview: found.state.data as Preview, viewer: found.queryKey[3] as Viewer } : null;
}

/** The portal's front as this person; while a draft is loading or not valid, the last valid one stays. */
export function usePreview(viewer: Viewer): PreviewState {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.preview(viewer),
    queryFn: () => api.preview(viewer),
    gcTime: viewer.draft ? DRAFT_LIFETIME : undefined,
    retry: false,
  });
  const error = query.error ? asApiError(query.error) : null;
  const shown = query.data ? { preview: query.data, viewer } : lastValid(client, personOf(viewer));
  return {
    preview: shown?.preview ?? null,
    viewer: shown?.viewer ?? null,
    error,
    busy: query.isFetching,
    retry: () => void query.refetch(),
  };
}

/** The portal as somebody sees it who has not logged in, by the settings as they are saved. */
export function useVisitor() {
  return useQuery({ queryKey: keys.visitor(), queryFn: () => api.visitor() });
}

/** Another external user whom the person sees, with her settings. */
export function useColleague(viewer: Viewer, id: string) {
  return useQuery({ queryKey: keys.colleague(viewer, id), queryFn: () => api.previewColleague(viewer, id), retry: false });
}

/** A list of the portal, page after page, or with `changed` only what the draft changes in it; the same list stays on the screen while the draft changes. */
export function usePreviewPages(viewer: Viewer, list: string, tab: string, app: string | null = null, changed = false) {
  return useInfiniteQuery({
    queryKey: keys.page(viewer, list, tab, app, changed),
    queryFn: ({ pageParam }) => api.previewPage(viewer, { list, tab, object: app, changed, after: pageParam }),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (last: TicketPage) => last.next ?? undefined,
    placeholderData: (previous, query) => {
      const before = query?.queryKey;
      return before && before[2] === personOf(viewer) && before[3] === list && before[4] === tab && before[5] === app && before[6] === changed ? previous : undefined;
    },
    gcTime: viewer.draft ? DRAFT_LIFETIME : undefined,
    retry: false,
  });
}

/** A ticket's page as this person; the old one stays while the draft changes. */
export function usePreviewTicket(viewer: Viewer, number: string) {
  return useQuery({
    queryKey: keys.ticket(viewer, number),
    queryFn: () => api.previewTicket(viewer, number),
    placeholderData: (previous, query) =>
      query?.queryKey[2] === personOf(viewer) && query.queryKey[3] === number ? previous : undefined,
    gcTime: viewer.draft ? DRAFT_LIFETIME : undefined,
    retry: false,
  });
}

/** Why this person sees a ticket, or not; the old answer stays while the draft changes. */
export function useWhy(viewer: Viewer, number: string) {
  return useQuery({
    queryKey: keys.why(viewer, number),
    queryFn: () => api.why(viewer, number),
    placeholderData: (previous, query) =>
      query?.queryKey[2] === personOf(viewer) && query.queryKey[3] === number ? previous : undefined,
    gcTime: viewer.draft ? DRAFT_LIFETIME : undefined,
    retry: false,
  });
}

/** All templates, by name. */
export function useTemplates() {
  return useQuery({ queryKey: keys.templates(), queryFn: () => api.listTemplates() });
}

/** Licences for external users; `null` for a desk that counts none. */
export function useLicences() {
  return useQuery({ queryKey: keys.licences(), queryFn: () => api.licences() });
}

/** What an export would do. */
export function usePlan(concerns: number) {
  return useQuery({ queryKey: [...keys.plan(), concerns], queryFn: () => api.plan(concerns), placeholderData: keepPreviousData });
}

/** Fields changed here and in the desk. */
export function useConflicts() {
  return useQuery({ queryKey: keys.conflicts(), queryFn: () => api.conflicts() });
}

/** The script that dumps the desk's tables; not asked without a database. */
export function useDumpScript(desk: string, database: string | null) {
  return useQuery({
    queryKey: keys.dumpScript(desk, database ?? ""),
    queryFn: () => api.dumpScript(desk, database ?? ""),
    enabled: database !== null,
    staleTime: Infinity,
  });
}

/** The log, newest first, page after page. */
export function useChanges() {
  return useInfiniteQuery({
    queryKey: keys.changes(),
    queryFn: ({ pageParam }) => api.listChanges(pageParam, PAGE_SIZE),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length === PAGE_SIZE ? last[last.length - 1]?.id : undefined),
  });
}

/** Lets caches grow old when the program says that something was written. */
export function useWorkspaceEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    let over = false;
    let stop: (() => void) | null = null;
    void backend()
      .then((program) => program.onChanged(({ tags }) => void invalidate(client, tags)))
      .then((unlisten) => {
        if (over) unlisten();
        else stop = unlisten;
      });
    return () => {
      over = true;
      stop?.();
    };
  }, [client]);
}

/** Calls back with the progress of one job; `null` listens to nothing. */
export function useProgress(job: string | null, listener: (progress: Progress) => void): void {
  useEffect(() => {
    if (job === null) return;
    let over = false;
    let stop: (() => void) | null = null;
    void backend()
      .then((program) => program.onProgress((progress) => progress.job === job && !over && listener(progress)))
      .then((unlisten) => {
        if (over) unlisten();
        else stop = unlisten;
      });
    return () => {
      over = true;
      stop?.();
    };
  }, [job, listener]);
}
