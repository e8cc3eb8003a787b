import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend } from "@/bridge/client";
import { openWindow } from "./render";

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.restoreAllMocks();
  globalThis.location.hash = "";
});

const control = (name: string) => document.querySelector<HTMLInputElement>(`#field-${name}`)!;
const findings = async () => (await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);

async function form(desk: string, passphrase: string | null) {
  const program = await openWindow({ desk, at: "/users?id=u0" });
  if (passphrase !== null) await program.commands.changePassphrase({ current: null, new: passphrase }, "job");
  await waitFor(() => control("login"));
  return { program, user: userEvent.setup({ delay: null }) };
}

async function way(program: Backend): Promise<string> {
  const told = await program.commands.getUser("u0");
  return told.status === "ok" ? told.data.form.password : "";
}

describe("a password that is typed", () => {
  it("is not taken without a passphrase, and the form says where to set one", async () => {
    await form("otobo", null);
    const radio = await screen.findByRole<HTMLInputElement>("radio", { name: "Type it now" });
    expect(radio.disabled).toBe(true);
    expect(screen.getByRole("link", { name: "Set one in Settings" }).getAttribute("href")).toBe("#/settings");
    expect(control("password_typed")).toBeNull();
    expect(await findings()).toEqual([]);
  });

  it("is checked as it is typed, hidden, kept in no draft, and saved with the form", async () => {
    const { program, user } = await form("daktela", "correct horse battery staple");
    const kept = vi.spyOn(program.commands, "putDraft");
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>("radio", { name: "Type it now" }).disabled).toBe(false));
    await user.click(screen.getByRole("radio", { name: "Type it now" }));
    expect(control("password_typed").type).toBe("password");
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(document.activeElement).toBe(control("password_typed")));
    expect(await way(program)).not.toBe("typed");
    await user.type(control("password_typed"), "Short1");
    await waitFor(() => expect(control("password_typed").getAttribute("aria-invalid")).toBe("true"));
    const row = control("password_typed").closest<HTMLElement>("[data-field]")!;
    expect(within(row).getByText(/special characters/, { selector: "p span" })).toBeTruthy();
    expect(await findings()).toEqual([]);
    await user.click(within(row).getByRole("button", { name: "Show what is typed" }));
    expect(control("password_typed").type).toBe("text");
    await user.type(control("password_typed"), "-Lang-Genug-9!");
    await waitFor(() => expect(control("password_typed").getAttribute("aria-invalid")).toBeNull());
    await user.keyboard("{Control>}s{/Control}");
    await screen.findByText("No changes");
    expect(await way(program)).toBe("typed");
    expect(control("password_typed").value).toBe("");
    await screen.findByText(/One is sealed already/);
    expect(JSON.stringify(kept.mock.calls)).not.toContain("Lang-Genug");

    // Another one in its place is a change too, and Undo takes it away.
    await user.type(control("password_typed"), "Noch-Eines-10!");
    await screen.findByText("1 unsaved field");
    await user.click(screen.getByRole("button", { name: "Discard" }));
    await screen.findByText("No changes");
    expect(control("password_typed").value).toBe("");
  });
});

describe("initial passwords", () => {
  it("are made only when asked, with a file and what opens it", async () => {
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/export");
    const program = await openWindow({ desk: "otobo", at: "/review" });
    const exported = vi.spyOn(program.commands, "exportDesk");
    const someone = await program.commands.getUser("u0");
    if (someone.status === "error") throw new Error(someone.error.message);
    const { id, version, form: saved } = someone.data;
    await program.commands.saveUser({ id, version, form: { ...saved, password: "initial" } }, null, null);
    const user = userEvent.setup({ delay: null });
    const asks = await screen.findByRole("checkbox", { name: /Make (an initial password|initial passwords)/ });
    await user.click(asks);
    const go = () => screen.getByRole<HTMLButtonElement>("button", { name: /^Export \d+ changes?/ });
    expect(go().disabled).toBe(true);
    expect(await findings()).toEqual([]);
    await user.type(screen.getByRole("textbox", { name: "Password list" }), "/home/marta/list.age");
    await user.type(control("initial_passphrase"), "correct horse");
    expect(go().disabled).toBe(false);
    await user.click(go());
    await screen.findByText("/home/marta/list.age");
    expect(exported.mock.calls[0]?.[1]).toEqual({ path: "/home/marta/list.age", passphrase: "correct horse" });
    expect(control("initial_passphrase")).toBeNull();
  });
});
