import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { setLanguage } from "@/words";
import { renderKit } from "../../test/render";
import { axeFindings } from "../../test/withFake";
import { DayField } from "./DayField";

afterEach(() => setLanguage("en"));

function Row({ start, heard }: { start: string; heard: (value: string) => void }) {
  const [value, setValue] = useState(start);
  return (
    <>
      <label id="label" htmlFor="day">
        Last day
      </label>
      <DayField
        says
        ids={{ id: "day", labelId: "label", describedBy: undefined, invalid: false }}
        value={value}
        onChange={(next) => {
          setValue(next);
          heard(next);
        }}
      />
    </>
  );
}

function open(start = "") {
  const heard: string[] = [];
  renderKit(<Row start={start} heard={(value) => heard.push(value)} />);
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Last day" });
  return { heard, field, user: userEvent.setup() };
}

describe("a field for a day", () => {
  it.each([
    ["en", "2027-01-31", "Jan 31, 2027"],
    ["en", "1/31/2027", "Jan 31, 2027"],
    ["de", "31.1.2027", "31.01.2027"],
  ] as const)("takes in %s what is typed as %s, and shows it as the language writes it", async (language, typed, shown) => {
    setLanguage(language);
    const { heard, field, user } = open();
    await user.click(field);
    await user.paste(typed);
    expect(heard.at(-1)).toBe("2027-01-31");
    expect(field.value).toBe(typed);
    await user.tab();
    expect(field.value).toBe(shown);
  });

  it("says what is no day, and hands it on as it is", async () => {
    const { heard, field, user } = open("2027-01-31");
    await user.clear(field);
    await user.paste("2027-02-30");
    expect(heard.at(-1)).toBe("2027-02-30");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    const said = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(said?.textContent).toMatch(/no date.*2026-11-26/);
    await user.clear(field);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is picked from the calendar and emptied by keyboard alone", async () => {
    const { heard, field, user } = open("2027-01-30");
    await user.tab();
    expect(document.activeElement).toBe(field);
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => expect(within(dialog).getByRole("button", { name: "30 January 2027" })).toBe(document.activeElement));
    await user.keyboard("{ArrowRight}{Enter}");
    expect(heard.at(-1)).toBe("2027-01-31");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.tab();
    await user.keyboard("{Enter}");
    expect([heard.at(-1), field.value]).toEqual(["", ""]);
  });

  it("closes its calendar by Esc, and nothing around it", async () => {
    const { field, user } = open();
    let escaped = 0;
    document.addEventListener("keydown", (event) => (escaped += event.key === "Escape" && !event.defaultPrevented ? 1 : 0), { once: false });
    await user.click(screen.getByRole("button", { name: "Choose a day" }));
    await screen.findByRole("dialog");
    expect(await axeFindings()).toEqual([]);
    await waitFor(() => expect(document.activeElement?.closest("[role=dialog]")).not.toBeNull());
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement).toBe(field);
    expect(escaped).toBe(0);
  });
});
