// The form of a person on every desk: made, changed, saved, by keys alone, its login and its statuses.
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { UserForm } from "@/bridge/types";
import { everybody } from "@/features/users/people";
import { openWindow } from "./render";
import { DESKS, answer, control, fill, found, now, open, openNew, saved, tab, word } from "./userform";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

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
