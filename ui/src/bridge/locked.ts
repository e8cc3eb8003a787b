import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { LockedWorkspace } from "./bindings.gen";
import { api } from "./client";
import { keys } from "./keys";

/** The workspace that waits for its passphrase: named at the start, or chosen here; `undefined` while that is asked. */
export function useLocked(): LockedWorkspace | null | undefined {
  const { data, isError } = useQuery({ queryKey: keys.locked(), queryFn: () => api.lockedWorkspace(), staleTime: Infinity, gcTime: Infinity });
  // Where it cannot be told, there is still a first screen.
  return isError ? null : data;
}

/** Asks for the passphrase of a workspace; `null` leaves it alone. */
export function useAskPassphrase(): (path: string | null) => void {
  const client = useQueryClient();
  return useCallback((path: string | null) => void client.setQueryData(keys.locked(), path === null ? null : { path }), [client]);
}
