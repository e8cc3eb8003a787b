import { useEffect, useState } from "react";
import { readPreference, writePreference } from "@/bridge/native";
import type { WorkspaceInfo } from "@/bridge/types";

/** A workspace that was open before. */
export interface Recent {
  path: string;
  name: string;
  desk: string;
}

const KEY = "recent";
const MOST = 6;

/** Workspaces that were open before, the last one first. */
export function useRecent(): Recent[] {
  const [recent, setRecent] = useState<Recent[]>([]);
  useEffect(() => {
    let over = false;
    readPreference<Recent[]>(KEY).then(
      (found) => !over && setRecent(found ?? []),
      // Without a memory there is simply nothing to offer.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, []);
  return recent;
}

/** Remembers an open workspace; the sample is always at hand and needs no memory. */
export async function remember(info: WorkspaceInfo): Promise<void> {
  if (info.sample) return;
  const before = (await readPreference<Recent[]>(KEY)) ?? [];
  const others = before.filter((one) => one.path !== info.path);
  await writePreference(KEY, [{ path: info.path, name: info.name, desk: info.desk_name }, ...others].slice(0, MOST));
}
