import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import type { ExportRecords } from "@/bridge/types";
import { openWindow } from "../../../test/render";
import { axeFindings } from "../../../test/withFake";

beforeEach(() => localStorage.clear());

type Answer<T> = Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>;
async function answer<T>(asked: Answer<T>): Promise<T> {
  const outcome = await asked;
  if (outcome.status === "error") throw new Error(JSON.stringify(outcome.error));
  return outcome.data;
}

const plain = { search: "", sort: "", descending: false, filters: [] as [string, string][], changed: false };
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

async function openRecord(entity: string, search = "") {
  const program = createFake("sample", 0);
  const row = (await answer(program.commands.listRecords(entity, { ...plain, search }, 0, 1))).rows[0]!;
  await openWindow({ backend: program, at: `/records/${entity}?id=${row.id}` });
  await screen.findByRole("form");
  return { program, row, user: userEvent.setup() };
}

describe("a list of records", () => {
  it("searches, opens by keyboard, and is in the navigation and the palette", async () => {
    const program = await openWindow({ at: "/records/queue" });
    const user = userEvent.setup();
    const grid = await screen.findByRole("grid", { name: "Queues" });
    const all = (await answer(program.commands.listRecords("queue", plain, 0, 1))).total;
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe(String(all + 1)));
    expect(within(screen.getByRole("navigation")).getByRole("link", { name: /Queues/ }).getAttribute("aria-current")).toBe("page");
    await user.type(screen.getByRole("searchbox"), "vpn");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("2"));
    grid.focus();
    await user.keyboard("{Enter}");
    await screen.findByRole("heading", { name: "Network::VPN" });
    await user.keyboard("{Control>}k{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Search or command" });
    await user.type(within(dialog).getByPlaceholderText("Search or command"), "ticket types");
    await within(dialog).findByRole("button", { name: "Ticket types" });
    await user.keyboard("{Enter}");
    await screen.findByRole("grid", { name: "Ticket types" });
  });

  it("says when there is nothing, and offers a new one", async () => {
    await openWindow({ at: "/records/service", scenario: "empty" });
    await screen.findByText("Services: none yet");
  });
});

/** The window at a list, and what lists it was asked to write. */
async function openList(at: string, desk?: string) {
  const fake = createFake("sample", 0, desk);
  const written: ExportRecords[] = [];
  const commands: typeof fake.commands = {
    ...fake.commands,
    exportRecords: (input, job) => {
      written.push(input);
      return fake.commands.exportRecords(input, job);
    },
  };
  await openWindow({ at, backend: { ...fake, commands } });
  const grid = await screen.findByRole("grid");
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).not.toBe("-1"));
  return { fake, written, grid, user: userEvent.setup(), rows: () => Number(grid.getAttribute("aria-rowcount")) - 1 };
}
const heads = () => screen.getAllByRole("columnheader").map((head) => head.textContent).filter(Boolean);
const viewButton = () => screen.getByRole("button", { name: /^View:/ });

describe("columns and views of a list of records", () => {
  it("are chosen among the fields of the desk, and remembered for this kind alone", async () => {
    const { user } = await openList("/records/account");
    expect(heads()).not.toContain("Street");
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "Street" }));
    await user.click(await screen.findByRole("checkbox", { name: "Changed" }));
    await waitFor(() => expect(heads()).toContain("Street"));
    expect(heads().at(-1)).toBe("Changed");
    expect(Object.keys(localStorage).filter((key) => key.startsWith("portico.columns.records"))).toEqual(["portico.columns.records.account.otobo"]);
  });

  it("every column that is shown sorts", async () => {
    const { user } = await openList("/records/account");
    for (const head of screen.getAllByRole("columnheader").filter((one) => one.textContent)) {
      const button = within(head).getByRole("button");
      await user.click(button);
      await waitFor(() => expect(head.getAttribute("aria-sort")).toMatch(/ascending|descending/));
    }
    await user.click(screen.getByRole("button", { name: "Used by" }));
    await user.click(screen.getByRole("button", { name: "Used by" }));
    await waitFor(() => expect(globalThis.location.hash).toMatch(/sort=used/));
  });

  it("are saved with search and order, and picked again", async () => {
    const { user, rows } = await openList("/records/queue?q=network&sort=used");
    const found = rows();
    expect(viewButton().textContent).toBe("View: All, changed");
    await user.click(viewButton());
    await user.click(await screen.findByText(/^Save as a new view/));
    await user.type(await screen.findByRole("textbox", { name: "Name" }), "Networks{Enter}");
    await waitFor(() => expect(viewButton().textContent).toBe("View: Networks"));
    await user.click(viewButton());
    await user.click(await screen.findByText(/^All$/));
    await waitFor(() => expect(rows()).toBeGreaterThan(found));
    await user.click(viewButton());
    await user.click(await screen.findByText(/^Networks$/));
    await waitFor(() => expect(rows()).toBe(found));
    expect(globalThis.location.hash).toContain("sort=used");
    expect(JSON.parse(localStorage.getItem("portico.views.records.queue.otobo") ?? "")).toMatchObject([{ name: "Networks", query: { search: "network", sort: "used" } }]);
  });

  it("lead from the tree of the portal's objects to a list and back", async () => {
    const fake = createFake("sample", 0, "elma365");
    await openWindow({ backend: fake, at: "/records/portal_object" });
    const user = userEvent.setup();
    await screen.findByRole("treegrid", { name: "Portal objects" });
    await user.click(viewButton());
    await user.click(await screen.findByRole("menuitemradio", { name: "Changed" }));
    await screen.findByText("Nothing matches");
    expect(screen.queryByRole("treegrid")).toBeNull();
    await user.click(viewButton());
    await user.click(await screen.findByText(/^All$/));
    await screen.findByRole("treegrid", { name: "Portal objects" });
  });
});

describe("a list of records as a file", () => {
  beforeEach(() => vi.stubGlobal("prompt", (_: string, proposal: string) => proposal));
  afterEach(() => vi.unstubAllGlobals());

  it("holds what is shown: columns, search, order, in words", async () => {
    const { user, written, rows } = await openList("/records/queue?q=network&sort=group&desc=yes");
    await user.click(screen.getByRole("button", { name: "List menu" }));
    await user.click(await screen.findByText("Export as XLSX…"));
    await waitFor(() => expect(written).toHaveLength(1));
    const input = written[0]!;
    expect(input).toMatchObject({ entity: "queue", format: "xlsx", limit: null, query: { search: "network", sort: "group", descending: true } });
    expect(input.columns.map((column) => column.title)).toEqual(heads());
    const follow = input.columns.find((column) => column.key === "follow_up");
    expect(follow?.words.length).toBeGreaterThan(2);
    await screen.findByText(new RegExp(`^${rows()} rows? written to .*\\.xlsx$`));
  });
});

describe("a record's form", () => {
  it("saves by Ctrl S, and undo brings the old value back", async () => {
    const { program, row, user } = await openRecord("queue", "legal");
    await user.clear(field("Name"));
    await user.type(field("Name"), "Contracts");
    await screen.findByText("1 unsaved field");
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByRole("heading", { name: "Contracts" });
    expect((await answer(program.commands.getRecord("queue", row.id))).values.name).toBe("Contracts");
    screen.getByRole("grid").focus();
    await user.keyboard("{Control>}z{/Control}");
    await screen.findByRole("heading", { name: "Legal" });
  });

  it("shows what is wrong beside the field, and does not save it", async () => {
    const { program, row, user } = await openRecord("queue", "legal");
    await user.clear(field("Name"));
    await user.type(field("Name"), "ERP");
    await screen.findByText("ERP is taken.");
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(document.activeElement).toBe(field("Name")));
    expect((await answer(program.commands.getRecord("queue", row.id))).values.name).toBe("Legal");
  });

  it("keeps the draft and offers it again", async () => {
    const { program, row, user } = await openRecord("queue", "legal");
    await user.type(field("Name"), "X");
    await waitFor(async () => expect((await answer(program.commands.getRecord("queue", row.id))).draft?.name).toBe("LegalX"));
    globalThis.location.hash = "/records/service";
    await screen.findByRole("grid", { name: "Services" });
    globalThis.location.hash = `/records/queue?id=${row.id}`;
    await screen.findByText("You have unsaved edits from before");
    expect(field("Name").value).toBe("LegalX");
  });

  it("loses nothing when somebody else saved meanwhile", async () => {
    const { program, row, user } = await openRecord("queue", "legal");
    await user.type(field("Name"), "X");
    const saved = await answer(program.commands.getRecord("queue", row.id));
    await answer(program.commands.saveRecord({ entity: "queue", id: row.id, version: saved.version, values: { follow_up: "reject" } }));
    await screen.findByText("Saved elsewhere meanwhile");
    await user.click(screen.getByRole("button", { name: "Keep my edits" }));
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(async () => expect((await answer(program.commands.getRecord("queue", row.id))).values).toMatchObject({ name: "LegalX", follow_up: "reject" }));
  });

  it("makes a new one and leaves with Save and finish", async () => {
    const program = await openWindow({ at: "/records/ticket_type?new=yes" });
    const user = userEvent.setup();
    await screen.findByRole("form");
    await waitFor(() => expect(document.activeElement).toBe(field("Name")));
    await user.keyboard("Complaint");
    expect(screen.queryByText(/^Was none/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Save and finish" }));
    await screen.findByText("Nothing is open");
    expect((await answer(program.commands.listRecords("ticket_type", { ...plain, search: "complaint" }, 0, 1))).total).toBe(1);
  });

  it("leads to what uses it, and from there back", async () => {
    const { row } = await openRecord("account", "brno");
    const section = await screen.findByRole("region", { name: "Used by" });
    const links = within(section).getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(links).toContain(`#/users?account=${row.id}`);
    expect(links.some((href) => href?.startsWith("#/users?id="))).toBe(true);
  });
});

describe("deleting", () => {
  it("says who uses it, refuses to unlink what the desk wants, moves, and can be undone", async () => {
    const { program, row, user } = await openRecord("account", "brno");
    await user.click(screen.getByRole("button", { name: /^Delete/ }));
    const dialog = await screen.findByRole("dialog");
    await within(dialog).findByText(/records use it:/);
    expect(within(dialog).getByRole<HTMLInputElement>("radio", { name: /Unlink/ }).disabled).toBe(true);
    expect(within(dialog).getByRole<HTMLButtonElement>("button", { name: "Delete" }).disabled).toBe(true);
    const pick = within(dialog).getByRole("combobox");
    await user.click(pick);
    await user.type(pick, "lyon");
    await user.click(await screen.findByRole("option", { name: /Lyon/ }));
    await user.click(within(dialog).getByRole("button", { name: "Delete" }));
    await waitFor(async () => expect((await program.commands.getRecord("account", row.id)).status).toBe("error"));
    await answer(program.commands.undo());
    expect((await answer(program.commands.getRecord("account", row.id))).used_by.length).toBeGreaterThan(0);
  });

  it("needs no answer where nothing uses it", async () => {
    const { program, row, user } = await openRecord("ticket_priority");
    await user.click(screen.getByRole("button", { name: /^Delete/ }));
    const dialog = await screen.findByRole("dialog");
    await within(dialog).findByText(/Nothing uses it/);
    await within(dialog).findByText(/Change it in the desk itself/);
    await user.click(within(dialog).getByRole("button", { name: "Delete" }));
    await waitFor(async () => expect((await program.commands.getRecord("ticket_priority", row.id)).status).toBe("error"));
  });
});

describe("the portal's tree", () => {
  async function openTree() {
    const program = createFake("sample", 0, "elma365");
    await openWindow({ backend: program, at: "/records/portal_object" });
    const tree = await screen.findByRole("treegrid", { name: "Portal objects" });
    await waitFor(() => expect(within(tree).getAllByRole("row").length).toBeGreaterThan(1));
    tree.focus();
    return { program, tree, user: userEvent.setup() };
  }
  const active = (tree: HTMLElement) => document.getElementById(tree.getAttribute("aria-activedescendant") ?? "");

  it("opens and closes by the arrows, goes in and out, and opens the form by Enter", async () => {
    const { tree, user } = await openTree();
    const before = within(tree).getAllByRole("row").length;
    expect(active(tree)?.getAttribute("aria-level")).toBe("1");
    await user.keyboard("{ArrowRight}");
    await waitFor(() => expect(within(tree).getAllByRole("row").length).toBeGreaterThan(before));
    expect(active(tree)?.getAttribute("aria-expanded")).toBe("true");
    await user.keyboard("{ArrowRight}");
    expect(active(tree)?.getAttribute("aria-level")).toBe("2");
    await user.keyboard("{ArrowLeft}");
    expect(active(tree)?.getAttribute("aria-level")).toBe("1");
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(within(tree).getAllByRole("row")).toHaveLength(before));
    await user.keyboard("{Enter}");
    await screen.findByRole("form");
  });
});

describe("searching the tree", () => {
  it("goes on in the list with what was typed", async () => {
    const program = createFake("sample", 0, "elma365");
    await openWindow({ backend: program, at: "/records/portal_object" });
    const user = userEvent.setup();
    await screen.findByRole("treegrid", { name: "Portal objects" });
    await user.type(screen.getByRole("searchbox"), "Fi");
    await screen.findByRole("grid", { name: "Portal objects" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("searchbox")));
    expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("Fi");
  });
});

describe("accessibility", () => {
  it.each(["light", "dark"] as const)("axe finds nothing in %s", async (scheme) => {
    const program = createFake("sample", 0);
    const row = (await answer(program.commands.listRecords("account", plain, 0, 1))).rows[0]!;
    await openWindow({ backend: program, at: `/records/account?id=${row.id}`, scheme });
    await screen.findByRole("form");
    expect(await axeFindings()).toEqual([]);
  });
});
