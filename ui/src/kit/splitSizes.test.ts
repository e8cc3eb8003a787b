import { describe, expect, it } from "vitest";
import { fit, moveEdge } from "./splitSizes";

const zones = [
  { key: "list", min: 270, preferred: 568 },
  { key: "form", min: 310, preferred: 384 },
  { key: "preview", min: 270, preferred: 320 },
];
const sum = (sizes: Record<string, number>) => Object.values(sizes).reduce((total, size) => total + size, 0);

describe("widths of zones", () => {
  it.each([600, 850, 932, 1272, 2400])("fill %i pixels exactly", (width) => {
    expect(sum(fit(zones, {}, width))).toBeCloseTo(width);
  });
  it("keep every minimum as long as there is room", () => {
    const sizes = fit(zones, { list: 900, form: 310, preview: 270 }, 900);
    for (const zone of zones) expect(sizes[zone.key]).toBeGreaterThanOrEqual(zone.min - 0.001);
  });
  it("are remembered", () => {
    expect(fit(zones, { list: 500, form: 452, preview: 320 }, 1272)).toEqual({ list: 500, form: 452, preview: 320 });
  });
  it("move between neighbours only, and stop at the minimum", () => {
    const before = { list: 568, form: 384, preview: 320 };
    expect(moveEdge(zones, before, 0, -50)).toEqual({ list: 518, form: 434, preview: 320 });
    expect(moveEdge(zones, before, 0, 10_000)).toEqual({ list: 642, form: 310, preview: 320 });
    expect(moveEdge(zones, before, 1, -10_000)).toEqual({ list: 568, form: 310, preview: 394 });
  });
});
