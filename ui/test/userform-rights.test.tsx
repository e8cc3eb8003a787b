// The form of a person: passwords, rights side by side, custom fields, and what Portico adds.
import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { showDay, today } from "@/kit/days";
import { answer, control, found, now, open, saved, tab } from "./userform";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

describe("passwords", () => {
  it("by invitation take down the day", async () => {
    const opened = await open("elma365", "u1");
    const { user } = opened;
    expect(control("invited").value).toBe("");
    await user.click(screen.getByRole("radio", { name: "By invitation" }));
    expect(control("invited").value).toBe(showDay(today(), "en"));
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect(await now(opened)).toMatchObject({ password: "invitation", invited: today() });
  });

  it("cannot be typed into a workspace without a passphrase, and it says so", async () => {
    await open("daktela");
    const typed = screen.getByRole<HTMLInputElement>("radio", { name: "Type it now" });
    expect(typed.disabled).toBe(true);
    expect(document.querySelector('[data-field="password"]')?.textContent).toMatch(/passphrase.*At least 6 characters/s);
  });
});

describe("rights side by side", () => {
  it("to write an address mean to read it", async () => {
    const opened = await open("innosoft");
    const { user, program } = opened;
    await user.click(tab("innosoft", "access"));
    await user.type(control("read_addresses"), "hall 2");
    await found(/hall 2/);
    await user.keyboard("{Enter}");
    const added = (await answer(program.commands.searchRecords("address", "hall 2", 1)))[0]!;
    await user.click(await screen.findByRole("checkbox", { name: `Write ${added.name}` }));
    const read = screen.getByRole<HTMLInputElement>("checkbox", { name: `Read ${added.name}` });
    expect([read.checked, read.disabled]).toEqual([true, true]);
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect((await now(opened)).write_addresses).toContain(added.id);
  });

  it("show an account's tickets by a switch beside it, which leaves with the account", async () => {
    const opened = await open("zoho");
    const { user } = opened;
    await user.click(tab("zoho", "access"));
    await user.click(screen.getByRole("checkbox", { name: "Sees this account’s tickets" }));
    await screen.findByText("1 unsaved field");
    const second = screen.getByRole<HTMLInputElement>("checkbox", { name: /^Sees tickets of/ });
    expect(second.checked).toBe(true);
    await user.click(within(second.closest("li")!).getByRole("button", { name: /^Remove/ }));
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect(await now(opened)).toMatchObject({ further_accounts: [], seen_accounts: [opened.person.form.account] });
  });

  it("on objects of the portal have a level each", async () => {
    const opened = await open("elma365");
    const { user } = opened;
    await user.click(tab("elma365", "portal"));
    const [level] = await screen.findAllByRole("combobox", { name: /^Level on/ });
    await user.selectOptions(level!, "full");
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect((await now(opened)).objects.map((right) => right.level)).toContain("full");
  });

  it("on objects stand in the portal's tree: arrows open and move, Enter leads to the level, Esc back, and what is inherited says from where", async () => {
    const opened = await open("elma365");
    const { user } = opened;
    await user.click(tab("elma365", "portal"));
    const tree = await screen.findByRole("treegrid");
    await waitFor(() => expect(within(tree).getAllByRole("row").length).toBeGreaterThan(1));
    const active = () => document.getElementById(tree.getAttribute("aria-activedescendant") ?? "");
    const root = active()!;
    const name = root.querySelector("[title]")?.textContent ?? "";
    const before = within(tree).getAllByRole("row").length;
    tree.focus();
    await user.keyboard("{Enter}");
    expect(document.activeElement).toBe(within(root).getByRole("combobox"));
    await user.selectOptions(within(root).getByRole("combobox"), "edit");
    await user.keyboard("{Escape}");
    expect(document.activeElement).toBe(tree);
    if (active()?.getAttribute("aria-expanded") === "false") await user.keyboard("{ArrowRight}");
    await waitFor(() => expect(within(tree).getAllByRole("row").length).toBeGreaterThan(before));
    await user.keyboard("{ArrowRight}");
    expect(active()?.getAttribute("aria-level")).toBe("2");
    expect(active()?.textContent).toMatch(/edit, inherited from /);
    expect(name.startsWith(/inherited from (.*)$/.exec(active()?.querySelector("[title]")?.textContent ?? "")?.[1] ?? "nothing")).toBe(true);
    expect((await axe.run(tree, { rules: { "color-contrast": { enabled: false } } })).violations.map(({ id }) => id)).toEqual([]);
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    await waitFor(() => expect(within(tree).getAllByRole("row")).toHaveLength(before));
    await user.click(screen.getByRole("radio", { name: /^Granted/ }));
    expect((await screen.findAllByRole("button", { name: /^Remove/ })).length).toBeGreaterThan(0);
    expect(screen.queryByRole("treegrid")).toBeNull();
  });

  it("on a group are to belong to it, or not, where the desk has no more", async () => {
    const opened = await open("elma365");
    const { user } = opened;
    await user.click(tab("elma365", "groups"));
    await user.click(screen.getByRole("checkbox", { name: "Member of Partners" }));
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect((await now(opened)).groups).toHaveLength(opened.person.form.groups.length + 1);
  });
});

describe("custom fields", () => {
  it("are added, changed and taken away, name and text", async () => {
    const opened = await open("zoho");
    const { user } = opened;
    await user.click(screen.getByRole("button", { name: "Add a field" }));
    await user.type(screen.getByRole("textbox", { name: "Name of custom field 3" }), "Floor");
    await user.type(screen.getByRole("textbox", { name: "Text of Floor" }), "2");
    await user.click(screen.getByRole("button", { name: "Remove Region" }));
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect(JSON.parse((await now(opened)).custom)).toEqual({ "Contract number": "4711-A", Floor: "2" });
    await user.type(screen.getByRole("textbox", { name: "Text of Floor" }), "0");
    await user.click(screen.getByRole("button", { name: "Undo: Custom fields" }));
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Text of Floor" }).value).toBe("2");
  });
});

describe("Portico's own", () => {
  it("end of access is said at the head once it is over", async () => {
    const { user } = await open("otobo");
    const field = control("expires");
    await user.type(field, "2020-01-31");
    await screen.findByText(/^Expired/);
    await user.clear(field);
    await user.type(field, "2999-01-31");
    await screen.findByText(/^Access until Jan/);
  });
});
