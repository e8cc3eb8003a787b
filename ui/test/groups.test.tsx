import { createFake } from "@/bridge/fake";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

beforeEach(() => localStorage.clear());

it("changes a cell, says who gains, saves it as one change, and finds nothing with axe", async () => {
  const program = await openWindow({ at: "/groups" });
  const grid = await screen.findByRole("grid", { name: "Groups" });
  const cell = await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  fireEvent.click(cell);
  fireEvent.keyDown(grid, { key: "r" });
  await waitFor(() => expect(cell.getAttribute("aria-label")).toBe("Brno Papír, finance: ro, was none, not saved"));
  expect(await screen.findByText("1 cell changed")).toBeTruthy();
  expect((await screen.findAllByText(/gain \d+ tickets/, {})).length).toBe(2);
  expect(globalThis.location.hash).toContain("col=");
  expect(await axeFindings()).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByText("1 cell changed")).toBeNull());
  const changes = await program.commands.listChanges(null, 1);
  expect(changes.status === "ok" && changes.data[0]?.intent).toBe("intent.rights_of_accounts");
}, 60_000);

it("sets a whole column from its head, with count and effect, and takes it back", async () => {
  const program = await openWindow({ at: "/groups" });
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  fireEvent.click(screen.getByRole("button", { name: "finance: set the column" }));
  const entry = await screen.findByRole("menuitem", { name: /^Set ro where empty \d+.*gain/ });
  expect(await axeFindings()).toEqual([]);
  fireEvent.click(entry);
  const dialog = await screen.findByRole("dialog", { name: "Set ro on finance where there is no right?" });
  await within(dialog).findByText(/\d+ of \d+ rows change/);
  await within(dialog).findByText(/gain/);
  fireEvent.click(within(dialog).getByRole("button", { name: "Set" }));
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: ro$/ });
  const changes = await program.commands.listChanges(null, 1);
  expect(changes.status === "ok" && changes.data[0]?.intent).toBe("intent.column_of_accounts");
  expect(screen.getByRole("checkbox", { name: /^finance/ }).getAttribute("aria-checked")).toBe("true");
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
}, 60_000);

it.each(["light", "dark"] as const)("edits the cell at the cursor in the pane beside it, in %s", async (scheme) => {
  await openWindow({ at: "/groups", scheme });
  const cell = await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  fireEvent.click(cell);
  const pane = await screen.findByRole("complementary", { name: "Cell" });
  within(pane).getByRole("heading", { name: "Brno Papír, finance" });
  fireEvent.click(within(pane).getByRole("radio", { name: "ro" }));
  await waitFor(() => expect(cell.getAttribute("aria-label")).toBe("Brno Papír, finance: ro, was none, not saved"));
  within(pane).getByText("Was none, not saved yet.");
  await within(pane).findByText(/gain.* \d+ tickets/, {});
  within(pane).getByRole("heading", { name: "People" });
  expect(await axeFindings()).toEqual([]);
  fireEvent.click(within(pane).getByRole("radio", { name: "none" }));
  await within(pane).findByText("As saved.");
  fireEvent.click(within(pane).getByRole("button", { name: "Open account" }));
  await waitFor(() => expect(globalThis.location.hash).toContain("/records/account?id="));
  fireEvent.click(await screen.findByRole("button", { name: "Back to the matrix" }));
  fireEvent.click(within(await screen.findByRole("complementary", { name: "Cell" })).getByRole("button", { name: "Open group" }));
  await waitFor(() => expect(globalThis.location.hash).toContain("/records/permission_group?id="));
  fireEvent.click(await screen.findByRole("button", { name: "Back to the matrix" }));
  await screen.findByRole("heading", { name: "Brno Papír, finance" });
}, 60_000);

it("shows what group support does before it is turned off, and offers to turn it on again", async () => {
  const program = await openWindow({ at: "/groups" });
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  fireEvent.click(screen.getByRole("button", { name: "More about groups" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Turn group support off" }));
  const dialog = await screen.findByRole("dialog", { name: "Turn group support off?" });
  await within(dialog).findByText(/people gain [\d,]+ tickets/, {});
  const asked = await program.commands.matrixHead({ rows: "accounts" }, false);
  expect(asked.status === "ok" && asked.data.support?.on).toBe(true);
  fireEvent.click(within(dialog).getByRole("button", { name: "Turn off" }));
  fireEvent.click(await screen.findByRole("button", { name: "Turn group support on" }));
  const again = await screen.findByRole("dialog", { name: "Turn group support on?" });
  await within(again).findByText(/people lose [\d,]+ tickets/, {});
  expect(await axeFindings()).toEqual([]);
}, 60_000);

it("keeps the cells of a refused save, and goes on from what somebody else saved", async () => {
  const program = await openWindow({ at: "/groups" });
  const grid = await screen.findByRole("grid", { name: "Groups" });
  const cell = await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  fireEvent.click(cell);
  fireEvent.keyDown(grid, { key: "r" });
  await screen.findByText("1 cell changed");
  const { at, col } = Object.fromEntries(new URLSearchParams(globalThis.location.hash.split("?")[1]));
  // Behind the window's back.
  await program.commands.saveCells({ rows: "accounts", context: "same", cells: [{ row: at ?? "", group: col ?? "", before: [], permissions: ["rw"] }] });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  fireEvent.click(await screen.findByRole("button", { name: "Take the new ones as the start" }));
  await screen.findByRole("gridcell", { name: "Brno Papír, finance: ro, was rw, not saved" });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByRole("gridcell", { name: "Brno Papír, finance: ro" });
}, 60_000);

it("opens a column's menu from the keyboard, and leaves the grid where it was", async () => {
  await openWindow({ at: "/groups" });
  const grid = await screen.findByRole("grid", { name: "Groups" });
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  grid.focus();
  fireEvent.keyDown(grid, { key: "ArrowRight" });
  fireEvent.keyDown(grid, { key: "ArrowUp" });
  fireEvent.keyDown(grid, { key: "Enter" });
  const menu = await screen.findByRole("menu", {});
  await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true));
  fireEvent.keyDown(document.activeElement ?? menu, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(grid));
}, 60_000);

it("sets a whole column with a letter on its head, after a question that counts", async () => {
  const program = await openWindow({ at: "/groups" });
  const grid = await screen.findByRole("grid", { name: "Groups" });
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  const head = screen.getByRole("columnheader", { name: /^finance/ });
  fireEvent.click(within(head).getByText("finance"));
  grid.focus();
  fireEvent.keyDown(grid, { key: "w" });
  const dialog = await screen.findByRole("dialog", { name: "Set rw on finance?" });
  const words = (await within(dialog).findByText(/\d+ of \d+ rows change/)).textContent ?? "";
  await within(dialog).findByText(/gain/, {});
  // Without a portal, as in tests, the dialog's head passes for the page's.
  expect(await axeFindings(within(dialog).getByRole("status"))).toEqual([]);
  fireEvent.click(within(dialog).getByRole("button", { name: "Set" }));
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: rw$/ });
  const asked = await program.commands.matrixHead({ rows: "accounts" }, true);
  const finance = asked.status === "ok" ? asked.data.columns.find((one) => one.name === "finance") : undefined;
  const total = asked.status === "ok" ? asked.data.total : 0;
  expect(finance?.counts).toEqual([["rw", total]]);
  const changes = await program.commands.listChanges(null, 1);
  const count = changes.status === "ok" ? new Map(changes.data[0]?.detail).get("count") : "";
  expect(words.startsWith(`${count ?? "?"} of ${total} rows change`)).toBe(true);
  // The same once more: there is nothing to ask.
  fireEvent.keyDown(grid, { key: "w" });
  await screen.findByText("finance: all of this is so already");
  expect(screen.queryByRole("dialog")).toBeNull();
}, 60_000);

it("shows only rows and groups with a right, orders them by a column, and comes back to the same cell", async () => {
  await openWindow({ at: "/groups" });
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  fireEvent.click(screen.getByRole("button", { name: "finance: set the column" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Accounts with a right here first" }));
  await waitFor(() => expect(screen.getByRole("columnheader", { name: /^finance/ }).getAttribute("aria-sort")).toBe("descending"));
  const rights = () => screen.getAllByRole("gridcell", { name: /, finance: / }).map((cell) => cell.getAttribute("aria-label")?.split(": ")[1] ?? "");
  await waitFor(() => expect(rights()[0]).not.toBe("none"));
  const order = ["rw", "ro", "none"];
  expect(rights()).toEqual(rights().toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));

  const before = screen.getAllByRole("columnheader").length;
  fireEvent.click(screen.getByRole("checkbox", { name: "Only groups with a right" }));
  await waitFor(() => expect(screen.getAllByRole("columnheader").length).toBeLessThan(before));
  expect(await axeFindings()).toEqual([]);

  // There and back again: the filters, the order and the cell are as they were.
  const cell = screen.getAllByRole("gridcell", { name: /, finance: / })[2] as HTMLElement;
  const name = cell.getAttribute("aria-label") ?? "";
  fireEvent.click(cell);
  const pane = await screen.findByRole("complementary", { name: "Cell" });
  fireEvent.click(within(pane).getByRole("button", { name: "Open account" }));
  await waitFor(() => expect(globalThis.location.hash).toContain("/records/account?id="));
  fireEvent.click(await screen.findByRole("button", { name: "Back to the matrix" }));
  const grid = await screen.findByRole("grid", { name: "Groups" });
  const active = () => document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-label");
  await waitFor(() => expect(active()).toBe(name));
  expect(screen.getByRole("columnheader", { name: /^finance/ }).getAttribute("aria-sort")).toBe("descending");

  // Of people, many have no right of their own.
  fireEvent.click(screen.getByRole("radio", { name: "People" }));
  const rows = () => Number(screen.getByRole("grid", { name: "Groups" }).getAttribute("aria-rowcount"));
  await waitFor(() => expect(screen.getByLabelText("Filter people")).toBeTruthy());
  // The accounts stand there until the people are read: counted too early, "all" would be theirs.
  await waitFor(() => expect(document.querySelector('[role="gridcell"][aria-label^="Brno Papír, "]')).toBeNull());
  await waitFor(() => expect(rows()).toBeGreaterThan(1));
  const all = rows();
  fireEvent.click(screen.getByRole("checkbox", { name: "Only with a right" }));
  await waitFor(() => expect(rows() < all && rows() > 0).toBe(true));
}, 60_000);

it("stays with the rows that were chosen when the cursor moves in the same moment", async () => {
  await openWindow({ at: "/groups" });
  const cell = await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  // The cursor tells the address where it is by what it knew of it: the accounts.
  await act(async () => {
    screen.getByRole("radio", { name: "People" }).click();
    cell.click();
  });
  await waitFor(() => expect(globalThis.location.hash).toContain("at="));
  await waitFor(() => expect(document.querySelector('[role="gridcell"][aria-label^="Brno Papír, "]')).toBeNull());
  expect(globalThis.location.hash).toContain("rows=users");
}, 60_000);

it("stops working out who is affected, and goes on with it", async () => {
  const program = await openWindow({ at: "/groups" });
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  const cancelled: string[] = [];
  // An answer that never comes.
  program.commands.effectOfColumn = () => new Promise(() => undefined);
  const { cancelJob } = program.commands;
  program.commands.cancelJob = (job: string) => {
    cancelled.push(job);
    return cancelJob(job);
  };
  fireEvent.click(screen.getByRole("button", { name: "finance: set the column" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Stop working out who is affected" }));
  await waitFor(() => expect(screen.queryByText(/^\s*Working out/)).toBeNull());
  expect(cancelled.length).toBeGreaterThan(0);
  expect(new Set(cancelled).size).toBe(cancelled.length);
  expect(await axeFindings()).toEqual([]);
  fireEvent.click(screen.getByRole("menuitem", { name: "Work out who is affected" }));
  expect((await screen.findAllByText(/Working out/)).length).toBeGreaterThan(0);
  // The menu goes, and with it the question.
  const before = cancelled.length;
  fireEvent.keyDown(screen.getByRole("menuitem", { name: "Stop working out who is affected" }), { key: "Escape" });
  await waitFor(() => expect(cancelled.length).toBeGreaterThan(before));
}, 60_000);

it("stands at once while the rights are still counted", async () => {
  const fake = createFake("sample", 0);
  const whole = fake.commands.matrixHead;
  let count: () => void = () => undefined;
  const counting = new Promise<void>((done) => {
    count = done;
  });
  fake.commands.matrixHead = async (query, counted) => {
    if (counted) await counting;
    return whole(query, counted);
  };
  await openWindow({ backend: fake, at: "/groups" });
  await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
  const finance = screen.getByRole("columnheader", { name: /^finance/ });
  expect(within(finance).getByText("…")).toBeTruthy();
  expect(within(finance).getByRole<HTMLButtonElement>("checkbox").disabled, "nobody knows yet what it would do").toBe(true);
  count();
  await within(finance).findByText("ro 1");
  expect(within(finance).getByRole<HTMLButtonElement>("checkbox").disabled).toBe(false);
});
