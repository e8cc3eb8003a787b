import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend } from "@/bridge/client";
import type { UserForm } from "@/bridge/types";
import { openWindow } from "./render";

// The whole window is drawn, and two cores are shared.
vi.setConfig({ testTimeout: 120_000 });
beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

async function answer<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const told = await outcome;
  if (told.status === "error") throw new Error(JSON.stringify(told.error));
  return told.data;
}

const everybody = { search: "", status: [], accounts: [], groups: [], changed: false, sort: "name", descending: false };

async function findings(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** Selects the first people of the list by keyboard. */
async function selectFirst(count: number, start: Parameters<typeof openWindow>[0] = {}) {
  const program = await openWindow(start);
  const user = userEvent.setup();
  const rows = (await answer(program.commands.listUsers(everybody, 0, count))).rows;
  const grid = await screen.findByRole("grid");
  await waitFor(() => expect(within(grid).getAllByRole("row").length).toBeGreaterThan(count));
  grid.focus();
  await user.keyboard(" ");
  for (let step = 1; step < count; step += 1) await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  await screen.findByRole("toolbar");
  return { program, user, ids: rows.map((row) => row.id) };
}

async function formsOf(program: Backend, ids: string[]): Promise<UserForm[]> {
  return Promise.all(ids.map(async (id) => (await answer(program.commands.getUser(id))).form));
}

/** Opens a tab of the editor. */
const openTab = async (user: ReturnType<typeof userEvent.setup>, name: string) => user.click(await screen.findByRole("tab", { name: new RegExp(`^${name}`) }));
const rowOf = async (label: string) => (await screen.findByText(label, { selector: "[id$=-label]" })).closest<HTMLElement>("[data-field]")!;

const saveButton = () => screen.getByRole("button", { name: /^Save/ });

describe("the form of many people", () => {
  it("opens by E, writes only what was touched, and undo brings all back; by keyboard alone", async () => {
    const { program, user, ids } = await selectFirst(3);
    const before = await formsOf(program, ids);
    await user.keyboard("e");
    await screen.findByRole("heading", { name: "Edit 3 people" });
    expect(saveButton().getAttribute("aria-disabled")).toBe("true");
    const city = screen.getByLabelText<HTMLInputElement>("City");
    city.focus();
    await user.clear(city);
    await user.paste("Elsewhere");
    expect(city.closest("[data-field]")?.hasAttribute("data-dirty")).toBe(true);
    await screen.findByText("Nobody gains or loses a ticket.");
    await waitFor(() => expect(saveButton().getAttribute("aria-disabled")).toBe("false"));
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByText(/^\d (person|people) changed$/);
    expect(await formsOf(program, ids)).toEqual(before.map((form) => ({ ...form, city: "Elsewhere" })));
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(async () => expect(await formsOf(program, ids)).toEqual(before));
  });

  it("says how far people differ, and lets a field go back to untouched", async () => {
    const { user } = await selectFirst(4);
    await user.keyboard("e");
    const name = await screen.findByLabelText<HTMLInputElement>("First name");
    expect(name.value).toBe("");
    expect(name.closest("[data-field]")?.textContent).toMatch(/\d different values/);
    await user.click(name);
    await user.paste("Pat");
    await user.click(screen.getByRole("button", { name: "Undo: First name" }));
    expect(name.value).toBe("");
    expect(name.closest("[data-field]")?.hasAttribute("data-dirty")).toBe(false);
    await screen.findByText("Nothing touched");
  });

  it("adds a right to a list, and says whom it exposes to what before anything is written", async () => {
    const { program, user, ids } = await selectFirst(5);
    const before = await formsOf(program, ids);
    await user.keyboard("e");
    await openTab(user, "Groups");
    const groups = await rowOf("Groups");
    await user.click(within(groups).getByRole("combobox"));
    await user.click(await screen.findByRole("option", { name: /^finance/ }));
    await user.click(within(await within(groups).findByRole("radiogroup", { name: "Right on finance" })).getByRole("radio", { name: "rw" }));
    await screen.findByText(/(gain|Nobody gains)/);
    expect(await formsOf(program, ids)).toEqual(before);
    await waitFor(() => expect(saveButton().getAttribute("aria-disabled")).toBe("false"));
    await user.click(saveButton());
    await screen.findByText(/(person|people) changed$/);
    const group = (await answer(program.commands.listGroups())).find((one) => one.name === "finance")!.id;
    for (const [at, form] of (await formsOf(program, ids)).entries()) {
      expect(form.groups.find((right) => right.group === group)?.permissions).toContain("rw");
      const others = (all: UserForm["groups"]) => all.filter((right) => right.group !== group).map((right) => right.group).sort();
      expect(others(form.groups)).toEqual(others(before[at]!.groups));
    }
  });

  it("stands in the tabs of a person's form, with a dot where something was touched", async () => {
    const { user } = await selectFirst(2);
    await user.keyboard("e");
    await user.click(await screen.findByLabelText("City"));
    await user.paste("Brno");
    const names = screen.getAllByRole("tab").map((tab) => tab.textContent);
    await user.click(screen.getAllByRole("tab")[1]!);
    expect(screen.queryByLabelText("City")).toBeNull();
    expect(within(screen.getAllByRole("tab")[0]!).getByRole("img").getAttribute("aria-label")).toBe("Changed, not saved");
    await user.click(screen.getAllByRole("tab")[0]!);
    expect(screen.getByLabelText<HTMLInputElement>("City").value).toBe("Brno");
    await user.click(screen.getByRole("button", { name: /^Close/ }));
    await user.click(screen.getAllByRole("gridcell")[2]!);
    await waitFor(() => expect(screen.queryAllByRole("tab").map((tab) => tab.textContent)).toEqual(names));
  });

  it("changes a right into a weaker one in one save, gives it to nobody else, and one undo brings all back", async () => {
    const { program, user, ids } = await selectFirst(5);
    const group = (await answer(program.commands.listGroups())).find((one) => one.name === "finance")!.id;
    const on = (form: UserForm) => form.groups.find((right) => right.group === group)?.permissions ?? [];
    // Some may write, one may read, the others have nothing there.
    const give = async (people: string[], permission: string) => {
      const edit = { people: { ids: people, all: null, except: [] }, edits: [{ field: "groups", how: "set", value: [{ group, permissions: [permission] }] }], skip_invalid: false };
      await answer(program.commands.bulkSave(edit, (await answer(program.commands.bulkPreview(edit, "j"))).version, "j"));
    };
    await give(ids.slice(0, 2), "rw");
    await give(ids.slice(2, 3), "ro");
    const before = await formsOf(program, ids);
    const undone = (await answer(program.commands.listChanges(null, 500))).length;
    await user.keyboard("e");
    await openTab(user, "Groups");
    const groups = await rowOf("Groups");
    await user.click(within(groups).getByRole("radio", { name: "Change" }));
    await user.click(within(groups).getByRole("combobox"));
    await user.click(await screen.findByRole("option", { name: /^finance/ }));
    await user.click(within(await within(groups).findByRole("radiogroup", { name: "Right on finance" })).getByRole("radio", { name: "ro" }));
    await waitFor(() => expect(document.querySelector("footer")?.textContent).toMatch(/gain|lose/i));
    await waitFor(() => expect(saveButton().getAttribute("aria-disabled")).toBe("false"));
    await user.click(saveButton());
    await waitFor(async () => expect((await formsOf(program, ids)).map(on).slice(0, 3)).toEqual([["ro"], ["ro"], ["ro"]]));
    const after = await formsOf(program, ids);
    expect(after.slice(3).map(on)).toEqual(before.slice(3).map(on));
    expect((await answer(program.commands.listChanges(null, 500))).length).toBe(undone + 1);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(async () => expect(await formsOf(program, ids)).toEqual(before));
  });

  it("sets a custom field in everybody and leaves the others as they are", async () => {
    const { program, user, ids } = await selectFirst(2, { desk: "zoho" });
    const before = (await formsOf(program, ids)).map((form) => form.custom);
    await user.keyboard("e");
    const custom = await rowOf("Custom fields");
    await user.click(within(custom).getByRole("button", { name: /^Add/ }));
    await user.click(within(custom).getByLabelText("Name of custom field 1"));
    await user.paste("cf_level");
    await user.click(within(custom).getByRole("textbox", { name: "Text of cf_level" }));
    await user.paste("gold");
    await waitFor(() => expect(saveButton().getAttribute("aria-disabled")).toBe("false"));
    await user.click(saveButton());
    const read = (text: string) => (text === "" ? {} : JSON.parse(text)) as Record<string, string>;
    await waitFor(async () => expect((await formsOf(program, ids)).map((form) => read(form.custom))).toEqual(before.map((text) => ({ ...read(text), cf_level: "gold" }))));
  });

  it("replaces and removes: the words of a list say which", async () => {
    const { program, user, ids } = await selectFirst(2);
    await user.keyboard("e");
    await openTab(user, "Access");
    const further = await rowOf("Further accounts");
    await user.click(within(further).getByRole("radio", { name: "Replace" }));
    await waitFor(() => expect(further.hasAttribute("data-dirty")).toBe(true));
    await user.click(within(further).getByRole("combobox"));
    await user.click((await screen.findAllByRole("option"))[0]!);
    await waitFor(() => expect(saveButton().getAttribute("aria-disabled")).toBe("false"));
    await user.click(saveButton());
    // Its toast says the same as that of a test before, so the forms themselves are waited for.
    await waitFor(async () => expect((await formsOf(program, ids)).map((form) => form.further_accounts.length)).toEqual([1, 1]));
    const forms = await formsOf(program, ids);
    expect(forms[0]!.further_accounts).toEqual(forms[1]!.further_accounts);
  });

  it("names the people who stand in the way, and passes them over when told to", async () => {
    const { program, user, ids } = await selectFirst(2);
    const before = await formsOf(program, ids);
    await user.keyboard("e");
    await user.click(await screen.findByLabelText("Title"));
    await user.paste("x".repeat(60));
    const problems = await screen.findByRole("region", { name: "People who stand in the way" });
    expect(within(problems).getAllByRole("link")).toHaveLength(2);
    expect(saveButton().getAttribute("aria-disabled")).toBe("true");
    await user.keyboard("{Control>}s{/Control}");
    expect(await formsOf(program, ids)).toEqual(before);
  });

  it("takes the focus, so that Esc closes it and not the selection", async () => {
    const { user } = await selectFirst(2);
    await user.keyboard("e");
    await screen.findByRole("heading", { name: "Edit 2 people" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("heading", { name: "Edit 2 people" })).toBeNull());
    expect(screen.getByRole("toolbar").textContent).toContain("2 selected");
  });

  it("closes by Esc with nothing written", async () => {
    const { program, user, ids } = await selectFirst(2);
    const before = await formsOf(program, ids);
    await user.keyboard("e");
    await user.click(await screen.findByLabelText("City"));
    await user.paste("Brno");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("heading", { name: "Edit 2 people" })).toBeNull());
    expect(await formsOf(program, ids)).toEqual(before);
    expect(document.activeElement?.getAttribute("role")).toBe("grid");
  });
});

describe("offboarding", () => {
  it("says what each loses, asks for the exposure, and ends access as one change", async () => {
    const { program, user, ids } = await selectFirst(3);
    const before = await formsOf(program, ids);
    await user.keyboard("o");
    const dialog = await screen.findByRole("dialog", { name: "Offboard" });
    const region = await within(dialog).findByRole("region", { name: "What happens to whom" });
    expect(within(region).getAllByRole("link")).toHaveLength(3);
    await within(dialog).findByText(/(lose|Nobody gains|no longer)/);
    const named = await within(dialog).findByRole("list", { name: "For whom it means most" });
    expect(within(named).getAllByRole("link")[0]?.getAttribute("href")).toMatch(/^#\/users\?id=/);
    await user.click(within(dialog).getByRole("button", { name: "Show all" }));
    const all = await screen.findByRole("dialog", { name: "Who gains and loses what" });
    expect(within(within(all).getByRole("table", { name: /accounts?$/ })).getAllByRole("row").length).toBeGreaterThan(1);
    await user.click(within(all).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Who gains and loses what" })).toBeNull());
    const confirm = within(dialog).getByRole("button", { name: /^Offboard \d/ });
    await waitFor(() => expect(confirm.getAttribute("aria-disabled")).toBe("false"));
    expect(await formsOf(program, ids)).toEqual(before);
    await user.click(confirm);
    await waitFor(async () => {
      for (const form of await formsOf(program, ids)) expect([form.status, form.groups, form.further_accounts, form.expires]).toEqual(["invalid", [], [], "2026-11-22"]);
    });
    const log = await answer(program.commands.listChanges(null, 1));
    expect(log[0]?.intent).toBe("intent.offboard");
    await answer(program.commands.undo());
    expect(await formsOf(program, ids)).toEqual(before);
  });

  it("is offered in a person's form, and Esc writes nothing", async () => {
    const program = await openWindow();
    const row = (await answer(program.commands.listUsers(everybody, 2, 1))).rows[0]!;
    const before = await formsOf(program, [row.id]);
    const user = userEvent.setup();
    globalThis.location.hash = `/users?id=${row.id}`;
    await user.click(await screen.findByRole("button", { name: /^More for/ }));
    await user.click(await screen.findByRole("menuitem", { name: /^Offboard/ }));
    await screen.findByRole("dialog", { name: "Offboard" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Offboard" })).toBeNull());
    expect(await formsOf(program, [row.id])).toEqual(before);
  });
});

describe.each(["light", "dark"] as const)("axe in %s", (scheme) => {
  it("finds nothing on the form of many people and on the offboarding", async () => {
    const { user } = await selectFirst(3, { scheme, language: "en" });
    await user.keyboard("e");
    await user.click(await screen.findByLabelText("City"));
    await user.paste("Brno");
    await screen.findByText("Nobody gains or loses a ticket.");
    expect(await findings()).toEqual([]);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("grid"));
    await user.keyboard("o");
    const dialog = await screen.findByRole("dialog", { name: "Offboard" });
    await within(dialog).findByRole("button", { name: /^Offboard \d/ });
    expect(await findings()).toEqual([]);
  });
});
