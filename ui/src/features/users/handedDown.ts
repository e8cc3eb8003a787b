import type { TreeLine } from "@/bridge/portalTree";
import type { ObjectRight } from "@/bridge/types";

/** A level that is handed down, and the object it is granted on. */
export interface Handed {
  level: string;
  from: string;
}

/** What is handed down to each line's object, by id: the highest level granted above it, as long as each object between takes over what lies above. Only rights of her own count. */
export function handedDown(lines: readonly TreeLine[], rights: readonly ObjectRight[], levels: readonly string[]): Map<string, Handed> {
  const down = new Map<string, Handed>();
  /** What an object hands on. */
  const reach = new Map<string, Handed>();
  const higher = (a: Handed | undefined, b: Handed | undefined) => (a && b ? (levels.indexOf(b.level) > levels.indexOf(a.level) ? b : a) : (a ?? b));
  for (const line of lines) {
    if (line.kind !== "node") continue;
    const { id, name, key, inherits } = line.node;
    const above = inherits && line.parent !== null ? reach.get(line.parent) : undefined;
    if (above) down.set(id, above);
    const own = rights.filter((right) => right.object === id).map((right): Handed => ({ level: right.level, from: name || key }));
    const most = own.reduce<Handed | undefined>(higher, above);
    if (most) reach.set(id, most);
  }
  return down;
}
