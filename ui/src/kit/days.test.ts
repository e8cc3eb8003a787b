import { describe, expect, it } from "vitest";
import { isOver, readDay, showDay, today } from "./days";

describe("a day that somebody types", () => {
  it.each([
    ["2026-11-26", "en", "2026-11-26"],
    ["2026-1-5", "de", "2026-01-05"],
    ["26.11.2026", "de", "2026-11-26"],
    ["05.01.27", "de", "2027-01-05"],
    ["26. 11. 2026", "en", "2026-11-26"],
    ["11/26/2026", "en", "2026-11-26"],
    ["Nov 26, 2026", "en", "2026-11-26"],
    ["26 November 2026", "en", "2026-11-26"],
    ["26. November 2026", "de", "2026-11-26"],
    ["3. März 2027", "de", "2027-03-03"],
    [" ", "en", ""],
  ])("%s in %s is %s", (typed, language, day) => expect(readDay(typed, language)).toBe(day));

  it.each([["2026-02-30", "en"], ["31.04.2026", "de"], ["11/26/2026", "de"], ["26/11/2026", "en"], ["soon", "en"], ["2026", "en"], ["26.11", "de"]])("%s in %s is none", (typed, language) =>
    expect(readDay(typed, language)).toBeNull(),
  );

  it("is read back as it is shown, in every language", () => {
    for (const language of ["en", "de"]) {
      for (let month = 1; month <= 12; month += 1) {
        const day = `2027-${String(month).padStart(2, "0")}-09`;
        expect(readDay(showDay(day, language), language)).toBe(day);
      }
    }
    expect(showDay("soon", "de")).toBe("soon");
    expect(showDay("2026-11-26", "de")).toBe("26.11.2026");
  });

  it("is over on the day after it; a day half typed is not", () => {
    expect(isOver("2020-03-31")).toBe(true);
    expect(isOver(today())).toBe(false);
    expect(isOver("2999-01-01")).toBe(false);
    for (const half of ["", "2", "2020-0", "2020-03-3", "20203", "soon"]) expect(isOver(half)).toBe(false);
  });
});
