import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend } from "@/bridge/client";
import { createFake } from "@/bridge/fake";
import type { ExportHeat } from "@/bridge/types";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("prompt", (_: string, proposal: string) => proposal);
});
afterEach(() => {
  vi.unstubAllGlobals();
  globalThis.location.hash = "";
});

async function told<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const answer = await outcome;
  if (answer.status === "error") throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const grid = () => screen.findByRole("grid", { name: "What accounts see" });

describe("what accounts see", () => {
  it("stands beside the tickets, with exact counts in every cell", async () => {
    const { commands } = await openWindow({ at: "/tickets" });
    await userEvent.setup().click(await screen.findByRole("radio", { name: "By account" }));
    const table = await grid();
    const [head, page] = [await told(commands.heatHead()), await told(commands.heatPage("", 0, 100, "test"))];
    expect(head.columns.length).toBeGreaterThan(3);
    const row = page.rows.find((one) => one.cells.length > 2);
    const [cell] = row?.cells ?? [];
    expect(await within(table).findByRole("gridcell", { name: `${row?.name}, ${cell?.column}: ${cell?.tickets}` })).toBeTruthy();
    expect(await within(table).findByRole("gridcell", { name: `${row?.name}, All tickets: ${row?.tickets}` })).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });

  it("shows by keyboard who stands behind a cell, and leads to them", async () => {
    const { commands } = await openWindow({ at: "/tickets?view=accounts" });
    const table = await grid();
    const [row] = (await told(commands.heatPage("", 0, 1, "test"))).rows;
    const [column] = (await told(commands.heatHead())).columns;
    await within(table).findByRole("gridcell", { name: new RegExp(`^${row?.name}, All tickets`) });
    fireEvent.keyDown(table, { key: "ArrowRight" });
    fireEvent.keyDown(table, { key: "ArrowRight" });
    const pane = await screen.findByRole("complementary", { name: "People behind the cell" });
    expect(within(pane).getByRole("heading", { name: `${row?.name}, ${column?.name}` })).toBeTruthy();
    const { people } = await told(commands.heatPeople({ account: row?.id ?? "", column: column?.key ?? "", after: null }, "test"));
    const links = await within(pane).findAllByRole("link");
    expect(links.map((link) => link.textContent)).toEqual(people.map((one) => one.name));
    expect(links[0]?.getAttribute("href")).toBe(`#/users?id=${people[0]?.id}`);
    expect(within(pane).getAllByRole("listitem")[0]?.textContent).toContain(String(people[0]?.tickets));
  });

  it("says as which settings it is told that nobody has confirmed", async () => {
    const fake = createFake("sample", 0);
    const heatHead = async () => {
      const answer = await fake.commands.heatHead();
      return answer.status === "ok" ? { ...answer, data: { ...answer.data, assumed: ["Portal::Involvement"] } } : answer;
    };
    await openWindow({ backend: { ...fake, commands: { ...fake.commands, heatHead } }, at: "/tickets?view=accounts" });
    const notice = await screen.findByText(/Nobody has confirmed the setting Involvement: told as it is assumed\./);
    expect(within(notice).getByText("Assumed")).toBeTruthy();
  });

  it("filters accounts and groups", async () => {
    const { commands } = await openWindow({ at: "/tickets?view=accounts" });
    const table = await grid();
    const { rows } = await told(commands.heatPage("", 0, 100, "test"));
    const last = rows.at(-1);
    const user = userEvent.setup();
    await user.type(screen.getByRole("searchbox", { name: "Filter accounts" }), last?.name ?? "");
    await waitFor(() => expect(within(table.ownerDocument.body).getAllByRole("rowheader").map((one) => one.textContent)).toEqual([`${last?.name}${last?.people}`]));
    const [first] = (await told(commands.heatHead())).columns;
    await user.type(screen.getByRole("searchbox", { name: "Filter groups" }), first?.name ?? "");
    await screen.findByText(/^1 of \d+ groups$/);
  });

  it("says of whom it cannot be told", async () => {
    await openWindow({ scenario: "unknown", at: "/tickets?view=accounts" });
    const table = await grid();
    const [unsure] = await within(table).findAllByRole("gridcell", { name: /All tickets: \?, Of \d+ people it cannot be told/ });
    expect(unsure?.textContent).toBe("?");
    expect(screen.getByText(/settings of the desk are not known; they may decide/)).toBeTruthy();
  });

  it("says how far it is where it takes long, stops, and goes on", async () => {
    const fake = createFake("stuck", 0);
    await openWindow({ backend: fake, at: "/tickets?view=accounts" });
    expect(await screen.findByText("840 people looked at")).toBeTruthy();
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Stop" }));
    expect(await screen.findByText(/Stopped; some rows are missing/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Go on" }));
    expect(await screen.findByText("840 people looked at")).toBeTruthy();
  });

  it("is empty before an import", async () => {
    await openWindow({ scenario: "empty", at: "/tickets?view=accounts" });
    expect(await screen.findByText("No tickets read")).toBeTruthy();
  });

  it("is written into a file, in the words of the window", async () => {
    const fake = createFake("sample", 0);
    const written: ExportHeat[] = [];
    const commands: Backend["commands"] = {
      ...fake.commands,
      exportHeat: (input, job) => {
        written.push(input);
        return fake.commands.exportHeat(input, job);
      },
    };
    await openWindow({ backend: { ...fake, commands }, at: "/tickets?view=accounts&a=a", language: "de" });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Mehr zu dieser Liste" }));
    await user.click(await screen.findByText("Als XLSX exportieren …"));
    const { total } = await told(fake.commands.heatPage("a", 0, 1, "test"));
    await screen.findByText(new RegExp(`^${total} Zeilen geschrieben`));
    expect(written[0]).toMatchObject({ search: "a", format: "xlsx", nameless: "Ohne Gruppe" });
    expect(written[0]?.columns.map((column) => column.title)).toEqual(["Schlüssel", "Konto", "Personen", "Nicht zu sagen", "Gesehene Tickets"]);
  });
});
