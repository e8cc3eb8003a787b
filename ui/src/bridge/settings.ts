import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";

/** Settings that were being edited when the window was last here; undefined while they are asked for. */
export function useSettingsDraft(path: string | null) {
  return useQuery({
    queryKey: keys.settingsDraft(path ?? ""),
    queryFn: () => api.settingsDraft(),
    enabled: path !== null,
    // What is typed meanwhile is newer than any answer; another visit asks anew.
    staleTime: Infinity,
    gcTime: 0,
  }).data;
}
