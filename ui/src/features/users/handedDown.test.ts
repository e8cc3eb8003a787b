import { describe, expect, it } from "vitest";
import type { TreeLine } from "@/bridge/portalTree";
import { handedDown } from "./handedDown";

const LEVELS = ["view", "create", "edit", "delete", "full"];

function line(id: string, parent: string | null, inherits = true): TreeLine {
  const node = { id, key: id, name: id.toUpperCase(), kind: "folder", status: "valid", inherits, present: true, changed: false, children: 0, groups: 0, people: 0 };
  return { kind: "node", node, level: 1, parent, place: 1, siblings: 1, open: true };
}

describe("what is handed down", () => {
  const lines = [line("a", null), line("b", "a"), line("c", "b"), line("d", "a", false), line("e", "d")];
  const on = (...rights: [string, string][]) => Object.fromEntries(handedDown(lines, rights.map(([object, level]) => ({ object, level })), LEVELS));

  it("is the highest level above, through every object that takes it over", () => {
    expect(on(["a", "view"])).toEqual({ b: { level: "view", from: "A" }, c: { level: "view", from: "A" } });
    expect(on(["a", "view"], ["b", "edit"])).toEqual({ b: { level: "view", from: "A" }, c: { level: "edit", from: "B" } });
    expect(on(["a", "full"], ["b", "edit"])).toMatchObject({ c: { level: "full", from: "A" } });
  });

  it("stops where an object takes nothing over, and begins again below", () => {
    expect(on(["a", "full"])).not.toHaveProperty("d");
    expect(on(["a", "full"])).not.toHaveProperty("e");
    expect(on(["d", "create"])).toEqual({ e: { level: "create", from: "D" } });
  });
});
