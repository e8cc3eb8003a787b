import { axeFindings } from "./withFake";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deskWordsOf } from "@/bridge/deskWords";
import type { Backend } from "@/bridge/client";
import type { UserDetail, UserForm } from "@/bridge/types";
import { everybody } from "@/features/users/people";
import { today } from "@/kit/days";
import { showDay } from "@/kit/days";
import { catalogues } from "@/words";
import { openWindow } from "./render";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

const DESKS = ["daktela", "elma365", "innosoft", "otobo", "zoho"] as const;
type Desk = (typeof DESKS)[number];

async function answer<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const told = await outcome;
  if (told.status === "error") throw new Error(JSON.stringify(told.error));
  return told.data;
}

type Tree = { [key: string]: string | Tree };
const at = (key: string): string | undefined => {
  const found = key.split(".").reduce<string | Tree | undefined>((tree, part) => (typeof tree === "object" ? tree[part] : undefined), catalogues.en);
  return typeof found === "string" ? found : undefined;
};
/** The desk's English word, without the window. */
const word = (desk: Desk, key: string): string =>
  deskWordsOf({ has: (each: string) => at(each) !== undefined, t: (each: string) => at(each) ?? each, tOr: (each: string, otherwise: string) => at(each) ?? otherwise } as never, desk).d(key);

interface Opened {
  program: Backend;
  person: UserDetail;
  user: ReturnType<typeof userEvent.setup>;
}

const control = (name: string) => {
  const found = document.querySelector<HTMLInputElement>(`#field-${name}`);
  if (!found) throw new Error(`there is no field ${name}`);
  return found;
};
const tab = (desk: Desk, name: string) => screen.getByRole("tab", { name: new RegExp(`^${word(desk, `tab.${name}`)}`) });
const now = async ({ program, person }: Opened): Promise<UserForm> => (await answer(program.commands.getUser(person.id))).form;
/** Waits until what was typed has found something and Enter would take it. */
const found = (name: RegExp) => waitFor(() => expect(document.querySelector("[role=option][data-combobox-selected]")?.textContent).toMatch(name));
const saved = () => screen.findByText("No changes");

async function open(desk: Desk, id = "u0"): Promise<Opened> {
  const program = await openWindow({ desk, at: `/users?id=${id}` });
  const person = await answer(program.commands.getUser(id));
  await waitFor(() => control("login"));
  return { program, person, user: userEvent.setup({ delay: null }) };
}

async function openNew(desk: Desk): Promise<Omit<Opened, "person">> {
  const program = await openWindow({ desk });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "New" }));
  await waitFor(() => control("login"));
  return { program, user };
}

/** Types into the fields of a new person's form that the desk wants, but for the login where it is proposed. */
async function fill(desk: Desk, user: Opened["user"]) {
  if (desk === "daktela") await user.type(control("title"), "Nina Neu");
  else {
    await user.type(control("first_name"), "Nina");
    await user.type(control("last_name"), "Neu");
    await user.type(control("email"), "nina.neu@aachen.example");
  }
}

describe.each(DESKS)("the form of people on %s", (desk) => {
  const proposed = desk === "daktela" ? "nina.neu" : "nina.neu@aachen.example";

  it("makes somebody new, with a login proposed", async () => {
    const { program, user } = await openNew(desk);
    // Who asks for a new form can type at once, and is not told that all of it was nothing before.
    await waitFor(() => expect(document.activeElement).toBe(control(desk === "daktela" ? "title" : "first_name")));
    await fill(desk, user);
    expect(screen.queryByText(/^Was none/)).toBeNull();
    await waitFor(() => expect(control("login").value).toBe(proposed));
    if (desk === "otobo") {
      await user.click(tab(desk, "access"));
      await user.type(control("account"), "AACHEN");
      await found(/Aachen/);
      await user.keyboard("{Enter}");
    }
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByRole("heading", { name: "Nina Neu" });
    const rows = (await answer(program.commands.listUsers({ ...everybody, search: "nina" }, 0, 5))).rows;
    expect(rows.map((row) => row.login)).toEqual([proposed]);
    const { first_status: first } = await answer(program.commands.deskForm());
    expect(rows[0]?.status).toBe(first);
    expect(await answer(program.commands.listDrafts())).toEqual([]);
  });

  it("edits a text, takes it back, and saves another by Ctrl S", async () => {
    const opened = await open(desk);
    const { person, user } = opened;
    await user.type(control("email"), "x");
    await screen.findByText("1 unsaved field");
    await user.click(screen.getByRole("button", { name: `Undo: ${word(desk, "field.email")}` }));
    await saved();
    expect(control("email").value).toBe(person.form.email);
    await user.clear(control("email"));
    await user.type(control("email"), "other@aachen.example");
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect((await now(opened)).email).toBe("other@aachen.example");
  });

  it("marks the tab of what is wrong, goes there, and does not save", async () => {
    const { program, user } = await openNew(desk);
    await user.click(tab(desk, "access"));
    await user.keyboard("{Control>}s{/Control}");
    const required = desk === "daktela" ? "title" : desk === "innosoft" || desk === "zoho" ? "last_name" : undefined;
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-invalid")).toBe("true"));
    if (required) expect(document.activeElement?.id).toBe(`field-${required}`);
    expect(within(tab(desk, "identity")).getByRole("img", { name: "Holds something to correct" })).toBeTruthy();
    expect(document.activeElement?.closest("[data-field]")?.querySelector("[id$=-notes]")?.textContent).not.toBe("");
    expect((await answer(program.commands.listUsers(everybody, 0, 1))).total).toBe((await answer(program.commands.workspaceInfo()))?.counts.users);
  });

  it("says what every field does, in the terms of the desk", async () => {
    const { program } = await open(desk);
    const form = await answer(program.commands.deskForm());
    const silent = ["first_name", "last_name", "email", "phone", "mobile", "fax", "street", "zip", "city", "region", "country", "twitter", "facebook", "secondary_email", "title", "category", "password", "status", "login"];
    const without = form.user.fields.filter((field) => field.known && !silent.includes(field.name) && word(desk, `hint.${field.name}`) === field.name);
    expect(without.map((field) => field.name)).toEqual([]);
  });

  it("keeps what the desk does not take behind More fields", async () => {
    const opened = await open(desk);
    const { program, user } = opened;
    const form = await answer(program.commands.deskForm());
    const hidden = form.user.fields.find((field) => !field.known && field.tab === "identity" && field.kind === "text");
    if (!hidden) throw new Error("the desk takes everything");
    expect(document.querySelector(`#field-${hidden.name}`)).toBeNull();
    await user.click(screen.getByRole("button", { name: /^More fields/ }));
    await user.type(control(hidden.name), "kept");
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect((await now(opened))[hidden.name as keyof UserForm]).toContain("kept");
  });

  it("finds nothing with axe on any tab, light and dark", async () => {
    for (const scheme of ["light", "dark"] as const) {
      document.body.innerHTML = "";
      await openWindow({ desk, at: "/users?id=u0", scheme, language: scheme === "dark" ? "de" : "en" });
      await waitFor(() => control("login"));
      for (const each of screen.getAllByRole("tab").filter((one) => one.closest('[data-zone="form"]'))) {
        await userEvent.click(each);
        const more = screen.queryByRole("button", { name: /^(More fields|Weitere Felder)/, expanded: false });
        if (more) await userEvent.click(more);
        const { violations } = await axe.run(document.querySelector('[data-zone="form"]') ?? document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
        expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${each.textContent}: ${id}: ${node.html.slice(0, 200)}`))).toEqual([]);
      }
    }
  }, 120_000);
});

describe("keys alone", () => {
  it("reach a tab, pick a record by typing, take it away again, tick a box, and leave", async () => {
    const opened = await open("innosoft");
    const { user } = opened;
    tab("innosoft", "identity").focus();
    await user.keyboard("{ArrowRight}");
    await waitFor(() => control("address"));
    for (let step = 0; step < 40 && document.activeElement !== control("contact_person"); step += 1) await user.tab();
    expect(document.activeElement).toBe(control("contact_person"));
    await user.keyboard("ja");
    await found(/ja/i);
    const [first] = await screen.findAllByRole("option");
    const name = first?.querySelector("span")?.textContent ?? "";
    await user.keyboard("{Enter}");
    await screen.findByRole("button", { name: `Remove ${name}` });
    await user.keyboard("{Backspace}");
    await waitFor(() => expect(screen.queryByRole("button", { name: `Remove ${name}` })).toBeNull());
    for (let step = 0; step < 40 && document.activeElement !== control("right_machines"); step += 1) await user.tab();
    await user.keyboard(" ");
    await screen.findByText("1 unsaved field");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(globalThis.location.hash).not.toContain("id="));
    expect((await now(opened)).right_machines).toBe(!opened.person.form.right_machines);
  });
});

describe("the login", () => {
  it("follows the title until somebody types another, and is fixed once saved where the desk never changes it", async () => {
    const { user } = await openNew("daktela");
    await user.type(control("title"), "Jana Nováková");
    await waitFor(() => expect(control("login").value).toBe("jana.novakova2"));
    await user.clear(control("login"));
    await user.type(control("login"), "jana.warehouse");
    await user.type(control("title"), " Weiß");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(control("login").value).toBe("jana.warehouse");
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByRole("heading", { name: "Jana Nováková Weiß" });
    await waitFor(() => expect(control("login").readOnly).toBe(true));
    expect(document.querySelector('[data-field="login"]')?.textContent).toContain("fixes the login name");
  });

  it("warns where renaming drops links", async () => {
    const { user } = await open("otobo");
    await user.type(control("login"), ".x");
    await screen.findByText(/Renaming drops her links/);
    expect(control("login").readOnly).toBe(false);
  });
});

describe("the steps between statuses", () => {
  it("lock the active and unlock the locked; the other says why not", async () => {
    const opened = await open("elma365", "u0");
    const { user } = opened;
    const [lock, unlock] = [() => screen.getByRole("button", { name: "Lock account" }), () => screen.getByRole("button", { name: "Unlock account" })];
    expect(lock().getAttribute("aria-disabled")).toBe("false");
    expect(unlock().getAttribute("aria-disabled")).toBe("true");
    expect(unlock().getAttribute("aria-description")).toContain("Locked");
    await user.click(unlock());
    await saved();
    await user.click(lock());
    expect(control("status").textContent).toBe("Locked");
    await user.keyboard("{Control>}s{/Control}");
    await saved();
    expect((await now(opened)).status).toBe("invalid");
    await user.click(unlock());
    expect(control("status").textContent).toBe("Active");
  });

  it("cannot be taken before the first login", async () => {
    await open("elma365", "u1");
    expect(control("status").textContent).toBe("Not registered");
    for (const name of ["Lock account", "Unlock account"]) expect(screen.getByRole("button", { name }).getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByText(/Only Active can be locked/)).toBeTruthy();
  });

  it("are no buttons where every step may be taken", async () => {
    await open("zoho");
    expect(screen.queryByRole("button", { name: "Lock account" })).toBeNull();
    expect(screen.getByRole("radio", { name: "deactivated" })).toBeTruthy();
  });
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
