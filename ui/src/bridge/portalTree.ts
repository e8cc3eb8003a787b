import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "./client";
import { keys } from "./keys";
import type { TreeNode } from "./types";

/** Nodes of a level that are asked for at once. */
export const LEVEL_ROWS = 200;

/** A line of the tree: a node, or the offer of more of a level. */
export type TreeLine =
  | { kind: "node"; node: TreeNode; level: number; parent: string | null; place: number; siblings: number; open: boolean }
  | { kind: "more"; level: number; parent: string | null; left: number };

/** Objects whose place is looked up, so that they are in sight. */
const MOST_REVEALED = 50;

/** What these objects lie in: open, they are in sight. The first ones only: a person with more looks for them. */
export function usePathsTo(objects: readonly string[]): string[] {
  const answers = useQueries({
    queries: objects.slice(0, MOST_REVEALED).map((id) => ({ queryKey: keys.record("portal_object", id), queryFn: () => api.getRecord("portal_object", id), retry: false })),
  });
  return [...new Set(answers.flatMap((answer) => (answer.data?.path ?? []).map((each) => each.id)))];
}

/** The portal's objects as a tree, as far as it is open: `revealed` unless somebody closed it. Each level is asked for when it is opened, stretch by stretch. */
export function usePortalTree(revealed: readonly string[] = []) {
  const [turned, setTurned] = useState<Record<string, boolean>>({});
  const byHand = Object.keys(turned).filter((id) => turned[id]);
  const opened = [...new Set([...revealed, ...byHand])].filter((id) => turned[id] !== false);
  const [stretches, setStretches] = useState<Record<string, number>>({});
  const levels: (string | null)[] = [null, ...opened];
  const asked = levels.flatMap((parent) => Array.from({ length: stretches[parent ?? ""] ?? 1 }, (_, stretch) => ({ parent, stretch })));
  const answers = useQueries({
    queries: asked.map(({ parent, stretch }) => ({
      queryKey: [...keys.tree(parent), stretch],
      queryFn: () => api.portalTree(parent, stretch * LEVEL_ROWS, LEVEL_ROWS),
    })),
  });
  const below = new Map<string, { nodes: TreeNode[]; total: number }>();
  asked.forEach(({ parent }, place) => {
    const found = answers[place]?.data;
    if (!found) return;
    const known = below.get(parent ?? "");
    below.set(parent ?? "", { nodes: [...(known?.nodes ?? []), ...found.nodes], total: found.total });
  });

  const lines: TreeLine[] = [];
  const add = (parent: string | null, level: number) => {
    const found = below.get(parent ?? "");
    if (!found) return;
    found.nodes.forEach((node, index) => {
      const open = opened.includes(node.id);
      lines.push({ kind: "node", node, level, parent, place: index + 1, siblings: found.total, open });
      if (open) add(node.id, level + 1);
    });
    if (found.nodes.length < found.total) lines.push({ kind: "more", level, parent, left: found.total - found.nodes.length });
  };
  add(null, 1);
  return {
    lines,
    error: answers[0]?.error ?? null,
    waiting: answers[0]?.data === undefined,
    retry: () => void answers[0]?.refetch(),
    open: (id: string) => setTurned((old) => ({ ...old, [id]: true })),
    close: (id: string) => setTurned((old) => ({ ...old, [id]: false })),
    more: (parent: string | null) => setStretches((old) => ({ ...old, [parent ?? ""]: (old[parent ?? ""] ?? 1) + 1 })),
  };
}
