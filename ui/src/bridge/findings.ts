import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { MuteFinding } from "./bindings.gen";
import { api } from "./client";
import { jobOf } from "./jobs";
import { keys } from "./keys";
import { useWriting } from "./writes";

const PAGE = 100;

/** How many findings there are of each kind; counting stops when nobody looks any more. */
export function useFindingCounts() {
  return useQuery({
    queryKey: keys.findingCounts(),
    queryFn: ({ signal }) => api.countFindings(jobOf(signal)),
  });
}

/** The findings of a kind, page after page; with `muted` those that somebody muted one by one. */
export function useFindings(kind: string, muted: boolean) {
  return useInfiniteQuery({
    queryKey: keys.findings(kind, muted),
    queryFn: ({ pageParam }) => api.listFindings({ kind, muted, after: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** What is found about one person, muted things left out; nothing is asked without one. */
export function useFindingsOfUser(id: string | null) {
  return useQuery({
    queryKey: keys.findingsOfUser(id ?? ""),
    queryFn: () => api.findingsOfUser(id ?? ""),
    enabled: id !== null,
  });
}

const TAGS = ["workspace", "users", "history"] as const;

/** Stops showing a kind, or one finding. */
export const useMuteFinding = () => useWriting((input: MuteFinding) => api.muteFinding(input), TAGS);

/** Shows it again. */
export const useUnmuteFinding = () => useWriting((finding: string) => api.unmuteFinding(finding), TAGS);
