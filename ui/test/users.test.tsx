import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Backend } from "@/bridge/client";
import type { UserDetail } from "@/bridge/types";
import { everybody } from "@/features/users/people";
import { openWindow } from "./render";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

async function answer<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const told = await outcome;
  if (told.status === "error") throw new Error(JSON.stringify(told.error));
  return told.data;
}

/** Opens the form of the third person of the list. */
async function openForm(start: Parameters<typeof openWindow>[0] = {}): Promise<{ program: Backend; person: UserDetail; user: ReturnType<typeof userEvent.setup> }> {
  const program = await openWindow(start);
  const row = (await answer(program.commands.listUsers(everybody, 2, 1))).rows[0]!;
  const person = await answer(program.commands.getUser(row.id));
  const user = userEvent.setup();
  globalThis.location.hash = `/users?id=${row.id}`;
  await screen.findByLabelText("First name");
  return { program, person, user };
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const saveButton = () => screen.getByRole("button", { name: /^Save(?! and)/ });

describe("the list of people", () => {
  it("searches as one types and says how many there are", async () => {
    const program = await openWindow();
    const user = userEvent.setup();
    const grid = await screen.findByRole("grid", { name: "External users" });
    const wanted = (await answer(program.commands.listUsers({ ...everybody, search: "novák" }, 0, 100))).total;
    await user.keyboard("/");
    expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: /Name, login/ }));
    await user.keyboard("novák");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe(String(wanted + 1)));
    expect(globalThis.location.hash).toContain("q=");
  });

  it("narrows by status, by account from a link, and by what is not exported", async () => {
    const program = await openWindow({ at: "/users?status=invalid" });
    const grid = await screen.findByRole("grid", { name: "External users" });
    const invalid = (await answer(program.commands.listUsers({ ...everybody, status: ["invalid"] }, 0, 1))).total;
    const changed = (await answer(program.commands.listUsers({ ...everybody, changed: true }, 0, 1))).total;
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe(String(invalid + 1)));
    await userEvent.click(screen.getByRole("button", { name: /^Changed/ }));
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe(String(changed + 1)));
    expect(changed).not.toBe(invalid);
  });

  it("opens a person by keyboard", async () => {
    await openWindow();
    const user = userEvent.setup();
    const grid = await screen.findByRole("grid", { name: "External users" });
    await waitFor(() => expect(within(grid).getAllByRole("row").length).toBeGreaterThan(5));
    grid.focus();
    await user.keyboard("{ArrowDown}{Enter}");
    await screen.findByLabelText("First name");
    expect(globalThis.location.hash).toContain("id=");
  });
});

describe("a person's form", () => {
  it("counts unsaved fields, takes one back, discards the rest", async () => {
    const { person, user } = await openForm();
    await user.type(field("Title"), "Ing.");
    await user.type(field("Phone"), "9");
    await screen.findByText("2 unsaved fields");
    await user.click(screen.getByRole("button", { name: "Undo: Phone" }));
    await screen.findByText("1 unsaved field");
    expect(field("Phone").value).toBe(person.form.phone);
    await user.click(screen.getByRole("button", { name: "Discard" }));
    await screen.findByText("No changes");
    expect(field("Title").value).toBe(person.form.title);
  });

  it("saves by Ctrl S, and undo brings the old value back", async () => {
    const { program, person, user } = await openForm();
    await user.clear(field("First name"));
    await user.type(field("First name"), "Johanna");
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByText("No changes");
    expect((await answer(program.commands.getUser(person.id))).form.first_name).toBe("Johanna");
    screen.getByRole("grid", { name: "External users" }).focus();
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(field("First name").value).toBe(person.form.first_name));
  });

  it("shows errors beside the field and does not save them", async () => {
    const { program, person, user } = await openForm();
    await user.clear(field("Login"));
    await waitFor(() => expect(field("Login").getAttribute("aria-invalid")).toBe("true"));
    const row = field("Login").closest("[data-field]")!;
    expect(row.querySelector("[id$=-notes]")?.textContent).not.toBe("");
    expect(field("Login").getAttribute("aria-describedby")).toContain("field-login-notes");
    await user.click(screen.getByRole("tab", { name: /^Groups/ }));
    await user.click(saveButton());
    expect((await answer(program.commands.getUser(person.id))).form.login).toBe(person.form.login);
    await waitFor(() => expect(document.activeElement).toBe(field("Login")));
  });

  it("keeps the draft and offers it again", async () => {
    const { program, person, user } = await openForm();
    await user.type(field("Title"), "Ing.");
    await waitFor(async () => expect((await answer(program.commands.getUser(person.id))).draft?.title).toBe("Ing."));
    globalThis.location.hash = "/accounts";
    await screen.findByRole("grid", { name: "Accounts" });
    globalThis.location.hash = `/users?id=${person.id}`;
    await screen.findByText("You have unsaved edits from before");
    expect(field("Title").value).toBe("Ing.");
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(screen.queryByText("You have unsaved edits from before")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Discard" }));
    await waitFor(async () => expect((await answer(program.commands.getUser(person.id))).draft).toBeNull());
  });

  it("loses nothing when somebody else saved meanwhile", async () => {
    const { program, person, user } = await openForm();
    await user.type(field("Title"), "Ing.");
    await answer(program.commands.saveUser({ id: person.id, version: person.version, form: { ...person.form, phone: "+1 555" } }, null, null));
    await user.click(saveButton());
    await screen.findByText("Saved elsewhere meanwhile");
    expect(field("Title").value).toBe("Ing.");
    await user.click(screen.getByRole("button", { name: "Go on with this" }));
    expect(field("Phone").value).toBe("+1 555");
    await user.click(saveButton());
    await screen.findByText("No changes");
    const now = (await answer(program.commands.getUser(person.id))).form;
    expect([now.title, now.phone]).toEqual([`${person.form.title}Ing.`, "+1 555"]);
  });

  it("changes a right on a group and follows it in the preview", async () => {
    const { program, person, user } = await openForm();
    await user.click(screen.getByRole("tab", { name: "Groups" }));
    const group = person.groups.find((each) => !each.always && each.through.length === 0)!;
    const rights = await screen.findByRole("radiogroup", { name: `Right on ${group.name}` });
    await user.click(within(rights).getByRole("radio", { name: "rw" }));
    await screen.findByText("1 unsaved field");
    await user.click(saveButton());
    await screen.findByText("No changes");
    expect((await answer(program.commands.getUser(person.id))).form.groups).toContainEqual({ group: group.id, permissions: ["rw"] });
  });

  it("makes a new person with somebody's rights", async () => {
    const { program, person, user } = await openForm();
    await user.click(screen.getByRole("button", { name: /^More for/ }));
    await user.click(await screen.findByRole("menuitem", { name: /^New like/ }));
    await screen.findByText("Not saved yet");
    expect(screen.queryByText(/empty/)).toBeNull();
    await user.type(field("First name"), "Nina");
    await user.type(field("Last name"), "Neu");
    await user.type(field("Login"), "nina.neu");
    await user.type(field("E-mail"), "nina.neu@aachen.example");
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByRole("heading", { name: "Nina Neu" });
    const found = (await answer(program.commands.listUsers({ ...everybody, search: "nina.neu" }, 0, 2))).rows;
    expect(found).toHaveLength(1);
    expect((await answer(program.commands.getUser(found[0]!.id))).form.account).toBe(person.form.account);
  });
});
