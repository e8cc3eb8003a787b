import { describe, expect, it } from "vitest";
import { everything, excluding, including, isSelected, nothing, only, selectedCount } from "./selection";

describe("a selection", () => {
  it("names rows", () => {
    const two = including(only(["a"]), ["b", "a"]);
    expect(selectedCount(two, 10)).toBe(2);
    expect(isSelected(two, "b")).toBe(true);
    const one = excluding(two, ["a", "x"]);
    expect(isSelected(one, "a")).toBe(false);
    expect(selectedCount(one, 10)).toBe(1);
    expect(selectedCount(two, 10), "selections do not change under one's hands").toBe(2);
  });

  it("is everything but some", () => {
    const most = excluding(everything, ["a", "b", "a"]);
    expect(selectedCount(most, 1204)).toBe(1202);
    expect(isSelected(most, "a")).toBe(false);
    expect(isSelected(most, "never seen")).toBe(true);
    const back = including(most, ["a"]);
    expect(back.all).toBe(true);
    expect(selectedCount(back, 1204)).toBe(1203);
    expect(selectedCount(everything, 0)).toBe(0);
  });

  it("is nothing at the beginning", () => {
    expect(selectedCount(nothing, 5)).toBe(0);
    expect(isSelected(nothing, "a")).toBe(false);
  });
});
