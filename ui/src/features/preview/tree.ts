import type { WhyNode } from "@/bridge/types";
import type { Verdict } from "@/kit/VerdictIcon";

/** How many nodes came out how. */
export type VerdictCounts = Record<Verdict, number>;

/** Counts the conditions themselves: the leaves, not what holds them together. */
export function countVerdicts(node: WhyNode): VerdictCounts {
  const counts: VerdictCounts = { passed: 0, blocked: 0, unknown: 0, skipped: 0 };
  const walk = (here: WhyNode): void => {
    if (here.children.length === 0) counts[verdict(here)] += 1;
    for (const child of here.children) walk(child);
  };
  walk(node);
  return counts;
}

/** A node's verdict; one that this window does not know is shown as unknown, never as passed. */
export function verdict(node: WhyNode): Verdict {
  const known: readonly Verdict[] = ["passed", "blocked", "skipped", "unknown"];
  return known.find((one) => one === node.verdict) ?? "unknown";
}

const opposite: Record<Verdict, Verdict> = { passed: "blocked", blocked: "passed", unknown: "unknown", skipped: "skipped" };

/** The tree without what made no difference to the answer. */
export function onlyDeciding(node: WhyNode): WhyNode {
  const wanted = node.kind === "not" ? opposite[verdict(node)] : verdict(node);
  return { ...node, children: node.children.filter((child) => verdict(child) === wanted).map(onlyDeciding) };
}

/** Standings of rules, the best founded first. */
export const STANDINGS = ["D", "M", "O", "A"] as const;

/** How many of the rules that decided have which standing, each rule once. */
export function countStandings(tree: WhyNode): Record<(typeof STANDINGS)[number], number> {
  const rules = new Map<string, string>();
  const walk = (node: WhyNode): void => {
    if (node.id !== "") rules.set(node.id, node.standing);
    for (const child of node.children) walk(child);
  };
  walk(onlyDeciding(tree));
  const count = (standing: string) => [...rules.values()].filter((one) => one === standing).length;
  return { D: count("D"), M: count("M"), O: count("O"), A: count("A") };
}

/** A node with its address in the tree ("0.2.1"), which stays the same while one moves about. */
export interface Placed {
  path: string;
  node: WhyNode;
}

export function childrenOf(path: string, node: WhyNode): Placed[] {
  return node.children.map((child, index) => ({ path: `${path}.${index}`, node: child }));
}

/** What the tree shows at its first level: the conditions, where the whole is a junction that the headline names. */
export function topLevel(tree: WhyNode): Placed[] {
  return tree.kind === "all" && tree.children.length > 0 ? childrenOf("0", tree) : [{ path: "0", node: tree }];
}

/** Every node that is in sight, from top to bottom. */
export function inSight(level: Placed[], closed: ReadonlySet<string>): Placed[] {
  return level.flatMap((placed) => [
    placed,
    ...(closed.has(placed.path) ? [] : inSight(childrenOf(placed.path, placed.node), closed)),
  ]);
}

/** The address of the node that the headline is about: the first with the deciding rule and the answer's verdict. */
export function decidingPath(level: Placed[], rule: string, answer: Verdict): string | null {
  return inSight(level, new Set()).find(({ node }) => rule !== "" && node.id === rule && verdict(node) === answer)?.path ?? null;
}
