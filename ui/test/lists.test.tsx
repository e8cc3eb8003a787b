import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import type { Backend } from "@/bridge/client";
import type { ExportUsers } from "@/bridge/types";
import { everybody } from "@/features/users/people";
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

async function answer<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const told = await outcome;
  if (told.status === "error") throw new Error(JSON.stringify(told.error));
  return told.data;
}

/** The window, its grid, and what lists it was asked to write. */
async function open(at = "/users", language: "en" | "de" = "en") {
  const fake = createFake("sample", 0);
  const written: ExportUsers[] = [];
  const commands: Backend["commands"] = {
    ...fake.commands,
    exportUsers: (input, job) => {
      written.push(input);
      return fake.commands.exportUsers(input, job);
    },
  };
  const program = await openWindow({ at, language, backend: { ...fake, commands } });
  const grid = await screen.findByRole("grid", { name: language === "en" ? "External users" : "Externe Benutzer" });
  await waitFor(() => expect(grid.getAttribute("aria-rowcount")).not.toBe("-1"));
  const user = userEvent.setup();
  const total = () => Number(grid.getAttribute("aria-rowcount")) - 1;
  return { program, grid, user, total, written };
}

const heads = () => screen.getAllByRole("columnheader").map((head) => head.textContent).filter(Boolean);
const viewButton = () => screen.getByRole("button", { name: /^View:/ });
const bar = () => screen.getByRole("toolbar", { name: "Selection" });

async function fromViewMenu(user: ReturnType<typeof userEvent.setup>, item: RegExp) {
  await user.click(viewButton());
  const menu = await screen.findByRole("menu");
  await user.click(within(menu).getByText(item));
}

describe("columns of the list of people", () => {
  it("are chosen among the fields of the desk, and remembered", async () => {
    const { user } = await open();
    expect(heads()).toEqual(["Surname", "Login", "Account", "Validity"]);
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "Phone" }));
    expect(heads()).toEqual(["Surname", "Login", "Account", "Validity", "Phone"]);
    await screen.findAllByText(/^\+49 241/);
    expect(screen.queryByRole("checkbox", { name: "Password" })).toBeNull();
    expect(JSON.parse(localStorage.getItem("portico.columns.users.otobo") ?? "")).toEqual({ "": ["name", "login", "account", "status", "phone"] });
  });

  it("are there again, with those left out that no longer exist", async () => {
    localStorage.setItem("portico.columns.users.otobo", JSON.stringify({ "": ["email", "shoe", "name"] }));
    await open();
    await waitFor(() => expect(heads()).toEqual(["E-mail", "Surname"]));
  });

  it("sort the list", async () => {
    localStorage.setItem("portico.columns.users.otobo", JSON.stringify({ "": ["name", "groups"] }));
    const { user, grid } = await open();
    await user.click(await screen.findByRole("button", { name: "Groups" }));
    await user.click(await screen.findByRole("button", { name: "Groups" }));
    await waitFor(() => expect(globalThis.location.hash).toContain("sort=groups"));
    const counts = () => within(grid).getAllByRole("row").slice(1, 4).map((row) => Number(within(row).getAllByRole("gridcell")[2]?.textContent));
    await waitFor(() => expect(counts()[0]).toBeGreaterThan(1));
    expect(counts()).toEqual(counts().toSorted((a, b) => b - a));
  });
});

describe("views of the list of people", () => {
  it("are saved with filters and columns, picked, changed, renamed and deleted", async () => {
    const { user, total } = await open("/users?status=invalid");
    const invalid = total();
    expect(viewButton().textContent).toBe("View: All people, changed");
    await fromViewMenu(user, /^Save as a new view/);
    await user.type(await screen.findByRole("textbox", { name: "Name" }), "Blocked{Enter}");
    await waitFor(() => expect(viewButton().textContent).toBe("View: Blocked"));

    await fromViewMenu(user, /^All people$/);
    await waitFor(() => expect(total()).toBeGreaterThan(invalid));
    await fromViewMenu(user, /^Blocked$/);
    await waitFor(() => expect(total()).toBe(invalid));

    // Another column makes it differ; saved, it belongs to the view and to no other.
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "City" }));
    await user.keyboard("{Escape}");
    expect(viewButton().textContent).toBe("View: Blocked, changed");
    await fromViewMenu(user, /^Save changes/);
    await waitFor(() => expect(viewButton().textContent).toBe("View: Blocked"));
    await fromViewMenu(user, /^Changed$/);
    await waitFor(() => expect(heads()).not.toContain("City"));

    await fromViewMenu(user, /^Blocked$/);
    await waitFor(() => expect(heads()).toContain("City"));
    await fromViewMenu(user, /^Rename/);
    const name = await screen.findByRole("textbox", { name: "Name" });
    await user.clear(name);
    await user.type(name, "all PEOPLE");
    expect(screen.getByText(/There is a view/)).toBeTruthy();
    await user.clear(name);
    await user.type(name, "Locked out{Enter}");
    await waitFor(() => expect(viewButton().textContent).toBe("View: Locked out"));
    expect(JSON.parse(localStorage.getItem("portico.views.users.otobo") ?? "")).toHaveLength(1);

    await fromViewMenu(user, /^Delete/);
    await user.click(await screen.findByRole("button", { name: "Delete" }));
    await waitFor(() => expect(viewButton().textContent).toBe("View: All people"));
    expect(JSON.parse(localStorage.getItem("portico.views.users.otobo") ?? "")).toEqual([]);
  }, 60_000);

  it("lead back to what they say", async () => {
    const { user, total } = await open();
    const all = total();
    await user.type(screen.getByRole("searchbox"), "nov");
    await waitFor(() => expect(total()).toBeLessThan(all));
    await fromViewMenu(user, /^Back to/);
    await waitFor(() => expect(total()).toBe(all));
    expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("");
  });

  it("say that an account or a group is gone, and go on without it", async () => {
    const view = {
      id: "v1",
      name: "Old customers",
      query: { ...everybody, accounts: ["a1", "vanished"], groups: ["lost"] },
      columns: null,
      names: { vanished: "Old Mill" },
    };
    localStorage.setItem("portico.views.users.otobo", JSON.stringify([view]));
    const { user, total } = await open();
    await fromViewMenu(user, /^Old customers$/);
    await screen.findByText("No longer there: the account “Old Mill”, a group. Nobody is found by that.");
    expect(total()).toBe(0);
    expect(await axeFindings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Leave it out" }));
    await waitFor(() => expect(total()).toBeGreaterThan(0));
    expect(screen.queryByText(/No longer there/)).toBeNull();
  });

  it("survive what another version saved", async () => {
    localStorage.setItem("portico.views.users.otobo", JSON.stringify([{ id: "v1", name: "Odd", query: { status: "invalid", sort: 3 }, columns: ["shoe"] }]));
    const { user, total } = await open();
    const all = total();
    await fromViewMenu(user, /^Odd$/);
    await waitFor(() => expect(viewButton().textContent).toContain("Odd"));
    expect(total()).toBe(all);
    expect(heads()).toEqual(["Surname"]);
  });
});

describe("selected people", () => {
  it("are counted, exported, and let go of", async () => {
    const { user, grid, written } = await open();
    grid.focus();
    await user.keyboard(" {Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(within(bar()).getByRole("status").textContent).toBe("3 selected");
    expect(await axeFindings()).toEqual([]);
    await user.click(within(bar()).getByRole("button", { name: "Export" }));
    await user.click(await screen.findByText("As XLSX…"));
    await screen.findByText(/^3 rows written to .*Northwind Support All people\.xlsx$/);
    expect(written[0]?.people.ids).toHaveLength(3);
    expect(written[0]?.people.all).toBeNull();
    expect(written[0]?.format).toBe("xlsx");
    within(bar()).getByRole("button", { name: /^Export/ }).focus();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("toolbar", { name: "Selection" })).toBeNull();
  });

  it("may be all who are found, without some; another filter lets go of them", async () => {
    const { user, grid, total, written } = await open("/users?status=valid");
    const valid = total();
    await user.click(screen.getByRole("checkbox", { name: "Select all rows shown" }));
    await user.click(within(bar()).getByRole("button", { name: `All ${valid} found` }));
    expect(within(bar()).getByRole("status").textContent).toBe(`${valid} selected`);
    grid.focus();
    await user.keyboard("{ArrowDown} ");
    expect(within(bar()).getByRole("status").textContent).toBe(`${valid - 1} selected`);
    await user.click(within(bar()).getByRole("button", { name: "Export" }));
    await user.click(await screen.findByText("As CSV…"));
    await screen.findByText(new RegExp(`^${valid - 1} rows written`));
    expect(written[0]?.people.all?.status).toEqual(["valid"]);
    expect(written[0]?.people.except).toHaveLength(1);
    // Sorting lists the same people; another filter does not.
    await user.click(screen.getByRole("button", { name: "Login" }));
    await waitFor(() => expect(globalThis.location.hash).toContain("sort=login"));
    expect(within(bar()).getByRole("status").textContent).toBe(`${valid - 1} selected`);
    await user.click(screen.getByRole("button", { name: /^Invalid \d/ }));
    await waitFor(() => expect(screen.queryByRole("toolbar", { name: "Selection" })).toBeNull());
  });

  it("stay selected while the list is narrowed, when they were named", async () => {
    const { user, grid, total } = await open();
    const all = total();
    grid.focus();
    await user.keyboard(" ");
    await user.type(screen.getByRole("searchbox"), "zzz");
    await waitFor(() => expect(total()).toBeLessThan(all));
    expect(within(bar()).getByRole("status").textContent).toBe("1 selected");
  });
});

describe("exporting what is shown", () => {
  it("writes all who are listed, with the columns and words of the window", async () => {
    localStorage.setItem("portico.columns.users.otobo", JSON.stringify({ "": ["name", "status", "changed"] }));
    const { user, total, written } = await open("/users?q=nov&sort=login&desc=yes", "de");
    const found = total();
    await user.click(screen.getByRole("button", { name: "Menü der Liste" }));
    await user.click(await screen.findByText("Als CSV exportieren …"));
    await screen.findByText(new RegExp(`^${found} Zeilen geschrieben`));
    const [input] = written;
    expect(input?.people.all?.search).toBe("nov");
    expect([input?.sort, input?.descending, input?.separator]).toEqual(["login", true, ";"]);
    expect(input?.columns.map(({ key, title }) => [key, title])).toEqual([["name", "Name"], ["status", "Gültigkeit"], ["changed", "Geändert"]]);
    expect(input?.columns[1]?.words).toContainEqual(["invalid", "Ungültig"]);
  });

  it("can be stopped, and says so", async () => {
    await openWindow({ scenario: "stuck" });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "List menu" }));
    await user.click(await screen.findByText("Export as CSV…"));
    await screen.findByText(/ of 313 written/);
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await screen.findByText("Export stopped. No file was written.");
  });
});

describe("selecting by a pasted list", () => {
  async function pasting() {
    const opened = await open();
    const rows = (await answer(opened.program.commands.listUsers(everybody, 0, 3))).rows;
    await opened.user.click(screen.getByRole("button", { name: "List menu" }));
    await opened.user.click(await screen.findByText("Paste a list…"));
    const field = await screen.findByRole("textbox", { name: "Pasted text" });
    const paste = (text: string) => fireEvent.change(field, { target: { value: text } });
    return { ...opened, rows: [rows[0]!, rows[1]!, rows[2]!] as const, paste };
  }

  it("says who was found, who was not, and what stands in it twice", async () => {
    const { user, rows, paste } = await pasting();
    paste([rows[0].login, rows[1].login.toUpperCase(), "nobody.here", rows[0].login].join("\n"));
    await screen.findByText("Found 1");
    expect(within(screen.getByRole("region", { name: "Not found 1" })).getByText("nobody.here")).toBeTruthy();
    expect(screen.getByRole("region", { name: "More than once 1" })).toBeTruthy();
    const other = within(screen.getByRole("region", { name: "Written differently 1" }));
    expect(other.getByText(`${rows[1].login.toUpperCase()} is ${rows[1].login}`)).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
    expect(screen.getByRole("button", { name: "Select 2 people" })).toBeTruthy();
    await user.click(other.getByRole("checkbox", { name: "Select them too" }));
    await user.click(screen.getByRole("button", { name: "Select 1 person" }));
    await waitFor(() => expect(within(bar()).getByRole("status").textContent).toBe("1 selected"));
  });

  it("finds the column that holds logins among those of a spreadsheet, and takes addresses too", async () => {
    const { user, rows, paste } = await pasting();
    paste(`Name\tLogin\n${rows[0].last_name}\t${rows[0].login}\n${rows[1].last_name}\t"${rows[1].login}"\n`);
    await screen.findByText("Found 2");
    expect(screen.getByRole("region", { name: "Not found 1" }).textContent).toContain("Login");
    await user.click(screen.getByRole("radio", { name: "E-mail addresses" }));
    paste(`Jane <${rows[2].email.toUpperCase()}>; ${rows[0].email}`);
    await screen.findByText("Found 2");
    await waitFor(() => expect(screen.queryByRole("region")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Select 2 people" }));
    await waitFor(() => expect(within(bar()).getByRole("status").textContent).toBe("2 selected"));
  });
});

describe("facets", () => {
  it("count groups under all other conditions, and are worked by keyboard", async () => {
    const { program, user, total } = await open("/users?status=invalid");
    const facets = await answer(program.commands.groupFacet({ ...everybody, status: ["invalid"] }));
    screen.getByRole("button", { name: "Group" }).focus();
    await user.keyboard("{Enter}");
    const list = await screen.findByRole("group", { name: "Group" });
    await waitFor(() => expect(list.textContent).toBe(facets.map(({ label, count }) => `${label}${count}`).join("")));
    await user.keyboard("{ArrowDown}{ArrowDown} ");
    await waitFor(() => expect(total()).toBe(facets[1]?.count));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: facets[1]?.label ?? "" })));
  });
});
