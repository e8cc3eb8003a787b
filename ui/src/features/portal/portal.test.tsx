import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { desks } from "@/bridge/desks";
import { setLanguage } from "@/words";
import type { Backend } from "@/bridge/client";
import { createFake } from "@/bridge/fake";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { PortalScreen } from "./PortalScreen";

beforeEach(() => localStorage.clear());
afterEach(() => setLanguage("en"));

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

  it("is drawn in German, numbers as they are written there", async () => {
    setLanguage("de");
    draw(desk);
    expect((await screen.findAllByRole("radiogroup")).length).toBeGreaterThan(0);
    const total = screen.queryByRole<HTMLInputElement>("textbox", { name: /Lizenzen im Paket/ });
    expect(total !== null).toBe(desk === "elma365");
    if (total) fireEvent.change(total, { target: { value: "12345" } });
    if (total) expect(total.value).toBe("12.345");
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

describe("the portal as a visitor", () => {
  /** A desk of the fake of which the window has a preview. */
  function drawVisitor(desk: string, scenario: "sample" | "unknown" = "sample") {
    const fake = createFake(scenario, 0, desk);
    const { workspaceInfo } = fake.commands;
    fake.commands.workspaceInfo = async () => {
      const answer = await workspaceInfo();
      return answer.status === "ok" && answer.data ? { ...answer, data: { ...answer.data, preview: true } } : answer;
    };
    return drawOnFake(portal, scenario, "light", desk, fake);
  }
  const look = async () => fireEvent.click(await screen.findByRole("radio", { name: "As a visitor" }));
  const part = (name: string) => screen.findByRole("region", { name });

  it("is the login page only, where the desk has nothing for visitors", async () => {
    const { asked } = drawVisitor("otobo");
    expect(asked).not.toContain("visitor");
    await look();
    expect((await part("Login page")).textContent).toContain("nothing but the login page");
    expect((await part("Tickets without a login")).textContent).toContain("A visitor cannot submit a ticket");
    expect(screen.queryByRole("region", { name: "Parts of the home without a login" })).toBeNull();
    expect(await axeFindings()).toEqual([]);
  });

  it("shows the home's parts with rule and badge, and nothing in it leads to writing", async () => {
    drawVisitor("zoho");
    await look();
    const [knowledge, widget] = within(await part("Parts of the home without a login")).getAllByRole("listitem");
    expect(within(knowledge!).getByRole("img", { name: "Passed" })).toBeTruthy();
    expect(knowledge!.textContent).toContain("Documented");
    expect(widget!.textContent).toContain("Assumed");
    const seen = await part("The portal as a visitor sees it");
    expect(within(seen).queryAllByRole("button")).toEqual([]);
    expect(within(seen).queryAllByRole("link")).toEqual([]);
    expect(within(seen).queryAllByRole("textbox")).toEqual([]);
    expect(await axeFindings()).toEqual([]);
  });

  it("follows what is saved, says that edits are not, and keeps them", async () => {
    drawVisitor("zoho");
    await radio(/Login to submit/, "Off");
    await look();
    expect(await screen.findByText(/Your changes are not saved yet/)).toBeTruthy();
    const submit = await part("Tickets without a login");
    expect(submit.textContent).toContain("A visitor cannot submit a ticket");
    expect(screen.getByText("1 unsaved field")).toBeTruthy();
    fireEvent.click(save());
    expect(await within(submit).findByText("A visitor can submit a ticket")).toBeTruthy();
  });

  it("says where the login page is, where that is known", async () => {
    drawVisitor("daktela");
    await look();
    await part("Login page");
    expect(screen.getByText("https://support.northwind.example/clients/login")).toBeTruthy();
  });

  it("shows nothing, not even the login page, where the portal is inactive", async () => {
    drawVisitor("elma365");
    await radio(/Portal is active/, "Off");
    fireEvent.click(save());
    await look();
    const pages = await part("Pages of the portal");
    expect(pages.textContent).toContain("The portal shows no pages to anybody");
    expect(pages.textContent).toContain("The portal is inactive");
    expect(screen.queryByRole("region", { name: "Login page" })).toBeNull();
    expect(screen.queryByRole("region", { name: "Tickets without a login" })).toBeNull();
    expect(await axeFindings()).toEqual([]);
  });

  it("names what must be known first, and leads to it", async () => {
    drawVisitor("zoho", "unknown");
    await look();
    const unknown = await part("Cannot be told");
    expect(unknown.textContent).toContain("Access");
    fireEvent.click(within(unknown).getByRole("button"));
    await waitFor(() => expect(screen.queryByRole("region", { name: "The portal as a visitor sees it" })).toBeNull());
    expect(screen.getByRole("button", { name: "Access" }).closest("[hidden]")).toBeNull();
  });
});

it("every desk has settings to show", () => {
  expect(desks.map((desk) => desk.id)).toEqual(edits.map(([desk]) => desk));
});
