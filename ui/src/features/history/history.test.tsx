import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { HistoryScreen } from "./HistoryScreen";

describe("the history", () => {
  it("lists changes with their lines, and takes the last one back", async () => {
    const { fake } = drawOnFake(<HistoryScreen />);
    const last = (await screen.findByRole("heading", { name: "Kateřina Musilová created" })).closest("li")!;
    expect(within(last).getByText("k.musilova", { selector: "ins" })).toBeTruthy();
    const buttons = screen.getAllByRole("button", { name: "Undo" });
    expect(buttons).toHaveLength(1);
    fireEvent.click(buttons[0]!);
    await waitFor(() => expect(screen.queryByRole("heading", { name: "Kateřina Musilová created" })).toBeNull());
    const people = await fake.commands.listUsers({ search: "k.musilova" }, 0, 5);
    expect(people.status === "ok" && people.data.total).toBe(0);
  });

  it("says so where nothing was done, and where the log cannot be read", async () => {
    const view = drawOnFake(<HistoryScreen />, "empty");
    expect(await screen.findByText("Nothing done yet")).toBeTruthy();
    view.unmount();
    drawOnFake(<HistoryScreen />, "error");
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    drawOnFake(<HistoryScreen />, "sample", scheme);
    await screen.findByRole("button", { name: "Undo" });
    expect(await axeFindings()).toEqual([]);
  });
});
