// The form of a person: what is not saved yet, what somebody saved meanwhile, and templates.
import { axeFindings } from "./withFake";
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { everybody } from "@/features/users/people";
import { answer, control, now, open, openNew, saved } from "./userform";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

describe("unfinished forms", () => {
  it("are kept, several new ones too, and lead back to where they were", async () => {
    const { program, user } = await openNew("zoho");
    await user.type(control("last_name"), "First");
    await waitFor(async () => expect(await answer(program.commands.listDrafts())).toHaveLength(1));
    await user.click(screen.getByRole("button", { name: "New" }));
    await waitFor(() => expect(control("last_name").value).toBe(""));
    await user.type(control("last_name"), "Second");
    await waitFor(async () => expect(await answer(program.commands.listDrafts())).toHaveLength(2));
    await user.click(await screen.findByRole("button", { name: "1 unfinished form" }));
    await user.click(await screen.findByRole("button", { name: /^New: First/ }));
    await waitFor(() => expect(control("last_name").value).toBe("First"));
    await screen.findByText("You have unsaved edits from before");
    await user.click(await screen.findByRole("button", { name: "1 unfinished form" }));
    await user.click(await screen.findByRole("button", { name: /Throw away.*Second/ }));
    await waitFor(async () => expect((await answer(program.commands.listDrafts())).map((row) => row.name)).toEqual(["First"]));
  });
});

describe("what somebody saved meanwhile", () => {
  it("is shown field by field, and each goes the way that is chosen", async () => {
    const opened = await open("daktela");
    const { program, person, user } = opened;
    await user.type(control("description"), " Mine.");
    await user.type(control("title"), " Jr.");
    const theirs = { ...person.form, description: "Theirs.", account_contacts: true };
    await answer(program.commands.saveUser({ id: person.id, version: person.version, form: theirs }, null, null));
    const notice = (await screen.findByText("Saved elsewhere meanwhile")).closest<HTMLElement>('[role="status"]')!;
    expect(within(notice).getByText("Theirs: Theirs.")).toBeTruthy();
    expect(within(notice).getByText(`Mine: ${person.form.description} Mine.`)).toBeTruthy();
    expect(within(notice).getByText("Theirs: on")).toBeTruthy();
    expect(within(notice).getByText("1 other field of yours stays.")).toBeTruthy();
    const which = within(notice).getByRole("radiogroup", { name: "Description: which to take" });
    expect(within(which).getByRole<HTMLInputElement>("radio", { name: "Mine" }).checked).toBe(true);
    await user.click(within(which).getByRole("radio", { name: "Theirs" }));
    await user.click(within(notice).getByRole("button", { name: "Go on with this" }));
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect(await now(opened)).toMatchObject({ description: "Theirs.", account_contacts: true, title: `${person.form.title} Jr.` });
  });
});

describe("templates", () => {
  it("are kept from a form under a name, and fill another one in", async () => {
    const { program, person, user } = await open("zoho", "u4");
    await user.click(screen.getByRole("button", { name: /^More for/ }));
    await user.click(await screen.findByRole("menuitem", { name: /^Save as template/ }));
    await user.type(await screen.findByLabelText(/^Name of the template/), "Gold customer");
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Save" }));
    await waitFor(async () => expect((await answer(program.commands.listTemplates())).map((row) => row.name)).toEqual(["Gold customer"]));
    await user.click(screen.getByRole("button", { name: "New" }));
    await waitFor(() => expect(control("last_name").value).toBe(""));
    await user.click(screen.getByRole("button", { name: /^More for/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Gold customer" }));
    await user.type(control("last_name"), "Neu");
    await user.type(control("email"), "gold@aachen.example");
    await waitFor(() => expect(control("login").value).toBe("gold@aachen.example"));
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByRole("heading", { name: "Neu" });
    const [row] = (await answer(program.commands.listUsers({ ...everybody, search: "gold" }, 0, 1))).rows;
    expect((await answer(program.commands.getUser(row!.id))).form.groups).toEqual(person.form.groups);
  });

  it("begin a new person, are renamed and deleted from the button New", async () => {
    const { program, person, user } = await open("zoho", "u4");
    await answer(program.commands.saveTemplate({ id: null, name: "Gold", form: person.form, user: null, fields: [] }));
    await answer(program.commands.saveTemplate({ id: null, name: "Silver", form: person.form, user: null, fields: [] }));
    const from = await screen.findByRole("button", { name: "New from a template" });
    await user.click(from);
    await user.click(await screen.findByRole("menuitem", { name: "Gold" }));
    await waitFor(() => expect(control("last_name").value).toBe(""));
    await user.type(control("last_name"), "Vorlage");
    await user.type(control("email"), "v@aachen.example");
    await waitFor(() => expect(control("login").value).toBe("v@aachen.example"));
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByRole("heading", { name: "Vorlage" });
    const [row] = (await answer(program.commands.listUsers({ ...everybody, search: "vorlage" }, 0, 1))).rows;
    expect((await answer(program.commands.getUser(row!.id))).form.groups).toEqual(person.form.groups);

    await user.click(from);
    await user.click(await screen.findByRole("menuitem", { name: "Manage templates…" }));
    const dialog = await screen.findByRole("dialog", { name: "Manage templates…" });
    const name = within(dialog).getByLabelText("Name of the template Gold");
    await user.clear(name);
    await user.type(name, "Silver{Enter}");
    expect(await within(dialog).findByText("There is one of this name already")).toBeTruthy();
    await user.clear(name);
    await user.type(name, "Bronze{Enter}");
    await waitFor(async () => expect((await answer(program.commands.listTemplates())).map((one) => one.name)).toEqual(["Bronze", "Silver"]));
    await user.click(await within(dialog).findByRole("button", { name: "Delete template Silver" }));
    await waitFor(async () => expect((await answer(program.commands.listTemplates())).map((one) => one.name)).toEqual(["Bronze"]));
    expect(await axeFindings()).toEqual([]);
  });
});
