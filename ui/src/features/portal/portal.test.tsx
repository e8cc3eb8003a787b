import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { desks } from "@/bridge/desks";
import type { Backend } from "@/bridge/client";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { PortalScreen } from "./PortalScreen";

beforeEach(() => localStorage.clear());

const portal = (
  <main>
    <PortalScreen />
  </main>
);
const draw = (desk = "otobo", scenario: "sample" | "unknown" = "sample", scheme: "light" | "dark" = "light") =>
  drawOnFake(portal, scenario, scheme, desk);

async function settingIn(fake: Backend, name: string) {
  const info = await fake.commands.workspaceInfo();
  return info.status === "ok" ? info.data?.settings.find((one) => one.name === name) : undefined;
}

const group = (name: RegExp) => screen.findByRole("radiogroup", { name });
const save = () => screen.getByRole("button", { name: /^Save/ });
const radio = async (of: RegExp, name: string) => fireEvent.click(within(await group(of)).getByRole("radio", { name }));

/** One edit a desk, and what is saved then. */
const edits: [desk: string, edit: () => Promise<unknown>, name: string, value: string][] = [
  ["daktela", () => radio(/Involvement/, "Contact or company"), "Portal::Involvement", '"contact_or_company"'],
  ["elma365", () => radio(/Portal is active/, "Off"), "Portal::Active", "false"],
  ["innosoft", () => radio(/No ticket type listed/, "All types"), "Portal::EmptyTypes", '"all"'],
  ["otobo", () => radio(/Group support/, "Off"), "CustomerGroupSupport", "false"],
  ["zoho", () => radio(/^\s*Access/, "Registered only"), "Portal::Access", '"registered"'],
];

describe.each(edits)("the portal of %s", (desk, edit, name, value) => {
  it("is edited, saved as one change, and taken back", async () => {
    const { asked, fake } = draw(desk);
    await edit();
    expect(asked).not.toContain("setSettings");
    fireEvent.click(save());
    await waitFor(async () => expect(await settingIn(fake, name)).toMatchObject({ value, origin: "confirmed" }));
    const before = (await settingIn(fake, name))?.value;
    expect(await screen.findByText("No changes")).toBeTruthy();
    await fake.commands.undo();
    expect((await settingIn(fake, name))?.value).not.toBe(before);
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    draw(desk, "unknown", scheme);
    await screen.findByRole("heading", { name: "Portal", level: 1 });
    await screen.findAllByRole("radiogroup");
    expect(await axeFindings()).toEqual([]);
  });
});

describe("settings", () => {
  it("show what is missing first, and take a default only when it is chosen and saved", async () => {
    const { fake } = draw("otobo", "unknown");
    expect(await screen.findByText(/3 settings are not known/)).toBeTruthy();
    fireEvent.click(screen.getAllByRole("button", { name: "Use the default: Off" })[0]!);
    expect(await screen.findByText(/2 settings are not known/)).toBeTruthy();
    expect((await settingIn(fake, "CustomerGroupSupport"))?.value).toBeNull();
    fireEvent.click(save());
    await waitFor(async () => expect(await settingIn(fake, "CustomerGroupSupport")).toMatchObject({ value: "false", origin: "confirmed" }));
  });

  it("say what is assumed, and whose word it is once somebody says so", async () => {
    const { fake } = draw("innosoft");
    expect(await screen.findAllByText("Assumed until somebody says")).toHaveLength(2);
    fireEvent.click(screen.getAllByRole("button", { name: "It is so: No type" })[0]!);
    fireEvent.click(save());
    await waitFor(async () => expect(await settingIn(fake, "Portal::EmptyTypes")).toMatchObject({ value: '"none"', origin: "confirmed" }));
    fireEvent.click(await screen.findByRole("button", { name: /Nobody knows: No ticket type/ }));
    fireEvent.click(save());
    await waitFor(async () => expect((await settingIn(fake, "Portal::EmptyTypes"))?.value).toBeNull());
  });

  it("that do not fit say so beside the control, and nothing is saved", async () => {
    const { fake } = draw("elma365");
    const total = await screen.findByRole("textbox", { name: /Licences in the package/ });
    fireEvent.change(total, { target: { value: "99000000" } });
    fireEvent.click(save());
    expect(await screen.findByText("A whole number from 0 to 10000000.")).toBeTruthy();
    expect(total.getAttribute("aria-invalid")).toBe("true");
    expect((await settingIn(fake, "Portico::LicencesTotal"))?.value).toBe("320");
    fireEvent.change(total, { target: { value: "400" } });
    expect(screen.queryByText(/A whole number/)).toBeNull();
    fireEvent.click(save());
    await waitFor(async () => expect((await settingIn(fake, "Portico::LicencesTotal"))?.value).toBe("400"));
  });

  it("tell what they would do to people and tickets before they are saved", async () => {
    const { asked } = draw("otobo");
    await radio(/Group support/, "Off");
    expect(await screen.findByText(/people gain/)).toBeTruthy();
    expect(asked).toContain("exposureOfSettings");
    expect(asked).not.toContain("setSettings");
    fireEvent.click(screen.getByRole("button", { name: "Discard" }));
    await waitFor(() => expect(screen.queryByRole("region", { name: "If you save this" })).toBeNull());
  });

  it("of groups take names that no group has, and say so", async () => {
    const user = userEvent.setup();
    const { fake } = draw("otobo");
    const field = await screen.findByRole("combobox", { name: /Groups that everybody has/ });
    await user.click(field);
    await user.type(field, "nowhere");
    await user.click(await screen.findByRole("option", { name: /nowhere/ }));
    expect(await screen.findByText("no such record")).toBeTruthy();
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(async () => expect((await settingIn(fake, "CustomerGroupAlwaysGroups"))?.value).toBe('["users","nowhere"]'));
  });

  it("are reached and changed by the keyboard alone", async () => {
    const user = userEvent.setup();
    const { fake } = draw("elma365", "unknown");
    await user.click(await screen.findByRole("button", { name: "Portal is active" }));
    await user.keyboard("[Space]");
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(async () => expect((await settingIn(fake, "Portal::Active"))?.origin).toBe("confirmed"));
  });

  it("that are edited are kept, and offered again", async () => {
    const { fake, unmount } = draw("daktela");
    await radio(/Involvement/, "Contact or company");
    await waitFor(async () => {
      const kept = await fake.commands.settingsDraft();
      expect(kept.status === "ok" && kept.data).toEqual([{ name: "Portal::Involvement", value: '"contact_or_company"' }]);
    });
    unmount();
    drawOnFake(portal, "sample", "light", "daktela", fake);
    expect(await screen.findByText("1 unsaved field")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Undo: Involvement" }));
    expect(await screen.findByText("No changes")).toBeTruthy();
  });
});

describe("the table of scenarios", () => {
  it("is data: a cell is changed, saved, and led back to what is assumed", async () => {
    const { fake } = draw("zoho");
    const table = await screen.findByRole("table", { name: "Scenarios" });
    expect(within(table).getAllByRole("row")).toHaveLength(4);
    expect(screen.getByText("All cells are as assumed.")).toBeTruthy();
    const cell = within(table).getByRole("combobox", { name: "Registered only: customer" });
    fireEvent.change(cell, { target: { value: "nothing" } });
    fireEvent.click(save());
    expect(await screen.findByText("1 cell differs from what is assumed.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Back to what is assumed" }));
    fireEvent.click(save());
    await waitFor(async () => expect((await settingIn(fake, "Portal::Scenario::Registered::Customer"))?.value).toBeNull());
  });
});

it("every desk has settings to show", () => {
  expect(desks.map((desk) => desk.id)).toEqual(edits.map(([desk]) => desk));
});
