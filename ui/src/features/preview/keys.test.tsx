import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { drawOnFake } from "../../../test/withFake";
import { PreviewPane } from "./PreviewPane";
import { WhyZone } from "./WhyZone";

const nothing = () => undefined;

/** The preview with what answers "why" beside it, as the screen has them. */
function Both() {
  const [number, setNumber] = useState<string | null>(null);
  const viewer = { id: "u0", draft: null };
  return (
    <>
      <PreviewPane viewer={viewer} whyNumber={number} onWhy={setNumber} onSettings={nothing} />
      {number === null ? null : <WhyZone viewer={viewer} number={number} onClose={() => setNumber(null)} />}
    </>
  );
}

const line = (index: number) => document.querySelector<HTMLElement>(`[data-index="${index}"]`)!;
const buttons = (index: number) => [...line(index).querySelectorAll("button")];
const drawn = async () => {
  await waitFor(() => expect(document.querySelectorAll("[data-index]").length).toBeGreaterThan(3));
};
/** The list of own tickets, which is not the one that is shown first. */
async function own() {
  drawOnFake(<Both />);
  fireEvent.click(await screen.findByRole("tab", { name: /My tickets/ }));
  fireEvent.click(screen.getByRole("button", { name: /^All / }));
  await drawn();
}

describe("the keys in the preview", () => {
  it("stop at one line of a list, go on by arrows in their column, and leave it by one more Tab", async () => {
    const user = userEvent.setup();
    await own();
    const stops = () => [...document.querySelectorAll<HTMLElement>("[data-index] button")].filter((button) => button.tabIndex === 0);
    expect(stops()).toEqual(buttons(0));
    act(() => buttons(0)[1]!.focus());
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(document.activeElement).toBe(buttons(1)[1]));
    expect(stops()).toEqual(buttons(1));
    await user.tab();
    expect((document.activeElement as HTMLElement).closest("[data-index]")).toBeNull();
    await user.tab({ shift: true });
    expect(document.activeElement).toBe(buttons(1)[1]);
    await user.keyboard("{Home}");
    await waitFor(() => expect(document.activeElement).toBe(buttons(0)[1]));
  });

  it.each(["the button", "Escape"])("come back from a ticket's page to its line in the same list, by %s", async (how) => {
    const user = userEvent.setup();
    await own();
    act(() => buttons(2)[0]!.focus());
    await user.keyboard("{Enter}");
    const back = await screen.findByRole("button", { name: "Back to the lists" });
    expect(document.activeElement).toBe(back);
    await user.keyboard(how === "Escape" ? "{Escape}" : "{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(buttons(2)[0]));
    expect(screen.getByRole("tab", { name: /My tickets/ }).getAttribute("aria-selected")).toBe("true");
    // Only once: who turns to another list stays where he pressed.
    const open = screen.getByRole("button", { name: /^Closed / });
    await user.click(open);
    await drawn();
    expect(document.activeElement).toBe(open);
  });

  it("come back from why to where it was asked", async () => {
    const user = userEvent.setup();
    await own();
    act(() => buttons(1)[1]!.focus());
    await user.keyboard("{Enter}");
    const zone = await screen.findByRole("region", { name: /^Why/ });
    await waitFor(() => expect(zone.contains(document.activeElement)).toBe(true));
    within(zone).getByRole("button", { name: "Back to the form" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(buttons(1)[1]));
  });
});
