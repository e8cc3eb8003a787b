import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createFake } from "@/bridge/fake";
import type { ChangeLine } from "@/bridge/types";
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

  it("tells who gains and loses if a change is taken back, and by all that came after it", async () => {
    const { asked } = drawOnFake(<HistoryScreen />);
    const last = (await screen.findByRole("heading", { name: "Kateřina Musilová created" })).closest("li")!;
    expect(within(last).queryByRole("region", { name: "If this is taken back" })).toBeNull();
    fireEvent.click(within(last).getByRole("button", { name: "Who gains, who loses", expanded: false }));
    const undo = await within(last).findByRole("region", { name: "If this is taken back" });
    await waitFor(() => expect(within(undo).getByRole("status").textContent).toMatch(/person|people|Nobody/));
    expect(await axeFindings(last)).toEqual([]);
    fireEvent.click(within(last).getByRole("radio", { name: "By all that came after it" }));
    const since = await within(last).findByRole("region", { name: "Since then" });
    await waitFor(() => expect(within(since).getByRole("status").textContent).toMatch(/person|people|Nobody/));
    expect(asked.filter((name) => name === "exposureOfUndo" || name === "exposureSince")).toEqual(["exposureOfUndo", "exposureSince"]);
  });

  it("leads to the portal as it was after a change, of the person whom it concerns, as far back as the last import", async () => {
    const fake = createFake("sample", 0, "otobo");
    const list = fake.commands.listChanges.bind(fake.commands);
    fake.commands.listChanges = async (before, limit) => {
      const told = await list(before, limit);
      if (told.status !== "ok") return told;
      return { ...told, data: told.data.map((row, index) => (index === 2 ? { ...row, intent: "intent.import", lines: [] } : row)) };
    };
    drawOnFake(<HistoryScreen />, "sample", "light", "otobo", fake);
    const links = await screen.findAllByRole<HTMLAnchorElement>("link", { name: "Look at the portal then" });
    const told = await fake.commands.listChanges(null, 3);
    const rows = told.status === "ok" ? told.data : [];
    // Not the newest, which is today.
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      `#/users?id=${rows[1]!.lines.find((line) => line.user)!.user!}&at=${String(rows[1]!.id)}`,
      `#/users?at=${String(rows[2]!.id)}`,
    ]);
    expect(within(links[1]!.closest("li")!).getByText(/cannot be looked at as it was before this import/)).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });

  it("names settings and what they hold as their screen does", async () => {
    const fake = createFake("sample", 0, "zoho");
    const list = fake.commands.listChanges.bind(fake.commands);
    const line = (field: string, from: string | null, to: string): ChangeLine => ({ entity: "desk_setting", subject: "Portal::Access", user: null, kind: "update", field, from, to });
    fake.commands.listChanges = async (before, limit) => {
      const told = await list(before, limit);
      if (told.status !== "ok") return told;
      const lines = [line("value", '"all"', '"registered"'), line("origin", "desk", "confirmed"), { ...line("value", "true", "7"), subject: "Some::Other" }];
      return { ...told, data: told.data.slice(0, 1).map((row) => ({ ...row, intent: "intent.settings", detail: [["names", "Portal::Access, Some::Other"]] as [string, string][], lines, more_lines: 0 })) };
    };
    drawOnFake(<HistoryScreen />, "sample", "light", "zoho", fake);
    const change = (await screen.findByRole("heading", { name: "Settings: Access, Some::Other" })).closest("li")!;
    const [value, origin, other] = within(change).getAllByRole("listitem").map((item) => item.textContent);
    expect(value).toBe("AccessvalueAll customers Registered only");
    expect(origin).toBe("Accessknown fromRead from the desk Entered by hand");
    expect(other).toBe("Some::OthervalueOn 7");
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
