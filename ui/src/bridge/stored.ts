import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { readPreference, writePreference } from "./native";

/** Something that the window remembers between two starts. */
export interface Stored<T> {
  value: T;
  /** Changes and remembers it; takes the new value, or makes it from the one before. */
  change: (next: T | ((before: T) => T)) => void;
  /** Whether it has been looked up; before, `value` is what stands in for it. */
  ready: boolean;
}

/** Remembers something under a key; `otherwise` stands for what was never remembered. Everyone who asks sees the same. */
export function useStored<T>(key: string, otherwise: T): Stored<T> {
  const client = useQueryClient();
  const { data, isFetched } = useQuery({
    queryKey: ["stored", key],
    queryFn: () => readPreference<T>(key),
    staleTime: Infinity,
    gcTime: Infinity,
    // A window that cannot remember still has to work.
    retry: false,
  });
  const value = data ?? otherwise;
  const change = useCallback(
    (next: T | ((before: T) => T)) => {
      const queryKey = ["stored", key];
      const before = client.getQueryData<T | null>(queryKey) ?? otherwise;
      const after = typeof next === "function" ? (next as (before: T) => T)(before) : next;
      void client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, after);
      void writePreference(key, after).catch(() => undefined);
    },
    [client, key, otherwise],
  );
  return { value, change, ready: isFetched };
}
