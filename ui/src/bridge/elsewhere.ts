import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { useWatched } from "./jobs";
import { keys } from "./keys";

/** What is said of a translation to this desk before it is made. */
export const useTranslation = (to: string) => useQuery({ queryKey: keys.translation(to), queryFn: () => api.translation(to), retry: false });

/** Looks at the same people by the rules of another desk. */
export const useCompareDesks = () => useWatched((to: string, job) => api.compareDesks(to, job));

/** What one person would see by the rules of another desk; the workspace is translated first, unless it was already. */
export const usePersonElsewhere = () => useWatched(({ to, id }: { to: string; id: string }, job) => api.personElsewhere(to, id, job));

/** Makes a workspace of another desk of this one. */
export const useTranslateWorkspace = () => useWatched(({ to, path }: { to: string; path: string }, job) => api.translateWorkspace(to, path, job));
