import { screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { openWindow } from "./render";

beforeEach(() => localStorage.clear());

/** What axe finds; contrast needs a real window and is held by contrast.test.ts. */
async function findings(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

const screens = ["/overview", "/users", "/accounts", "/groups", "/tickets", "/findings", "/expectations", "/portal", "/review", "/exports", "/history", "/settings", "/import"];

describe.each(["light", "dark"] as const)("axe in %s", (scheme) => {
  it.each(screens)("finds nothing on %s", async (at) => {
    await openWindow({ at, scheme, language: scheme === "dark" ? "de" : "en" });
    await waitFor(() => expect(document.querySelector('main [data-zone], main section, main [role="group"]')).not.toBeNull());
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(document.documentElement.dataset["mantineColorScheme"]).toBe(scheme);
    expect(await findings()).toEqual([]);
  });

  it("finds nothing on a person's form, both tabs, with errors", async () => {
    const program = await openWindow({ scheme });
    const listed = await program.commands.listUsers({ search: "", status: [], accounts: [], groups: [], changed: false, sort: "name", descending: false }, 0, 1);
    if (listed.status === "error") throw new Error(listed.error.message);
    globalThis.location.hash = `/users?id=${listed.data.rows[0]?.id ?? ""}`;
    const login = await screen.findByLabelText("Login");
    const { default: userEvent } = await import("@testing-library/user-event");
    await userEvent.clear(login);
    await waitFor(() => expect(login.getAttribute("aria-invalid")).toBe("true"));
    expect(await findings()).toEqual([]);
    await userEvent.click(screen.getByRole("tab", { name: /^Groups/ }));
    await screen.findAllByRole("radiogroup");
    expect(await findings()).toEqual([]);
  });

  it.each(["first", "empty", "error", "locked"] as const)("finds nothing in the scenario %s", async (scenario) => {
    await openWindow({ scenario, scheme, at: "/users" });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await findings()).toEqual([]);
  });
});
