import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFake } from "@/bridge/fake";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

async function told<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const answer = await outcome;
  if (answer.status === "error") throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const card = (name: string) => screen.findByRole("region", { name });
const address = () => decodeURIComponent(globalThis.location.hash);

describe("the overview", () => {
  it("is the first screen of the navigation and tells people by the desk's statuses", async () => {
    const { commands } = await openWindow({ at: "/overview" });
    const [first] = within(await screen.findByRole("navigation")).getAllByRole("link");
    expect(first?.getAttribute("href")).toBe("#/overview");
    const overview = await told(commands.overview());
    const bars = await within(await card("People by status")).findAllByRole("listitem");
    expect(bars.map((bar) => bar.textContent)).toEqual(overview.status.map((of) => `${{ valid: "Valid", invalid: "Invalid", "invalid-temporarily": "Invalid-temporarily" }[of.value] ?? ""}${String(of.count)}`));
    expect(overview.status.reduce((sum, of) => sum + of.count, 0)).toBe(overview.people);
    expect(await axeFindings()).toEqual([]);
  });

  it("leads from each figure to what it counts", async () => {
    const { commands } = await openWindow({ at: "/overview" });
    const user = userEvent.setup();
    const found = (await told(commands.countFindings("test"))).kinds.find((kind) => kind.shown > 0);
    const kinds = await within(await card("Findings")).findAllByRole("listitem");
    expect(within(kinds[0]!).getByRole("link").getAttribute("href")).toBe(`#/findings?kind=${found?.id ?? ""}`);
    const pending = await card("Not exported yet");
    expect(within(pending).getByRole("link", { name: /^Changes/ }).getAttribute("href")).toBe("#/review");
    expect(within(pending).getByRole("link", { name: /^People changed/ }).getAttribute("href")).toBe("#/users?changed=yes");
    await user.click(within(await card("People by status")).getByRole("link", { name: /^Invalid-temporarily/ }));
    await waitFor(() => expect(address()).toContain("/users?status=invalid-temporarily"));
    const invalid = (await told(commands.overview())).status.find((of) => of.value === "invalid-temporarily");
    const grid = await screen.findByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe(String((invalid?.count ?? 0) + 1)));
  });

  it("counts licences only for a desk that does, and warns where more wait than are free", async () => {
    const program = createFake("sample", 0, "elma365");
    const overview = await told(program.commands.overview());
    const full = { ...overview, licences: { total: 12, occupied: 11, free: 1 } };
    program.commands.overview = () => Promise.resolve({ status: "ok", data: full });
    await openWindow({ at: "/overview", desk: "elma365", backend: program });
    const licences = await card("Licences");
    expect(within(licences).getAllByRole("listitem").map((one) => one.textContent)).toEqual(["In the package12", "Taken11", "Free1"]);
    const waiting = overview.status.find((of) => of.value === "not-registered")?.count ?? 0;
    expect(waiting).toBeGreaterThan(1);
    expect(licences.textContent).toContain(`${String(waiting)} people have the status Not registered`);
    expect(screen.queryByRole("region", { name: "Expectations" })).toBeNull();
  });

  it("checks expectations and looks at accounts only where somebody asks", async () => {
    const program = createFake("sample", 0);
    const expectation = { who: "everyone", who_key: "", sees: false, what: "field", what_key: "queue" };
    await told(program.commands.addExpectations([expectation]));
    let checks = 0;
    const check = program.commands.checkExpectations;
    program.commands.checkExpectations = (job) => {
      checks += 1;
      return check(job);
    };
    await openWindow({ at: "/overview", backend: program });
    const user = userEvent.setup();
    const expected = await card("Expectations");
    expect(checks).toBe(0);
    await user.click(within(expected).getByRole("button", { name: "Check now" }));
    await waitFor(() => expect(within(expected).getAllByRole("listitem").map((one) => one.textContent)).toEqual(["Broken1", "Cannot be told0", "Holds0"]));
    expect(checks).toBe(1);
    const accounts = await card("What accounts see");
    await user.click(within(accounts).getByRole("button", { name: "Look at all accounts" }));
    const rows = await within(accounts).findAllByRole("listitem");
    const most = (await told(program.commands.heatPage("", 0, 100, "test"))).rows.map((row) => row.tickets).toSorted((a, b) => b - a);
    expect(rows.map((row) => row.textContent?.replace(/^\D*/, "").replaceAll(",", ""))).toEqual(most.slice(0, 6).map(String));
    expect(await axeFindings()).toEqual([]);
  });

  it("can be stopped while it looks, and asked again", async () => {
    await openWindow({ at: "/overview", scenario: "stuck" });
    const user = userEvent.setup();
    const accounts = await card("What accounts see");
    await user.click(within(accounts).getByRole("button", { name: /^Look at/ }));
    await user.click(await within(accounts).findByRole("button", { name: "Stop" }));
    expect(await within(accounts).findByRole("button", { name: /^Look at/ })).toBeTruthy();
    expect(within(accounts).queryByRole("alert")).toBeNull();
  });

  it("forgets what was checked once something is changed", async () => {
    const program = createFake("sample", 0);
    await told(program.commands.addExpectations([{ who: "everyone", who_key: "", sees: true, what: "field", what_key: "queue" }]));
    await openWindow({ at: "/overview", backend: program });
    const user = userEvent.setup();
    const expected = await card("Expectations");
    await user.click(within(expected).getByRole("button", { name: "Check now" }));
    await within(expected).findAllByRole("listitem");
    expect(within(expected).queryByRole("button")).toBeNull();
    // A person who is changed already is changed again: no figure of the overview is another one.
    const before = await told(program.commands.overview());
    const { form, version } = await told(program.commands.getUser("u4"));
    await told(program.commands.saveUser({ id: "u4", version, form: { ...form, phone: "+420 541 550 999" } }, null, null));
    expect(await within(expected).findByRole("button", { name: "Check now" })).toBeTruthy();
    expect(within(expected).queryAllByRole("listitem")).toEqual([]);
    expect(await told(program.commands.overview())).toEqual(before);
  });

  it("teaches in an empty workspace", async () => {
    await openWindow({ at: "/overview", scenario: "empty" });
    expect((await screen.findByRole("link", { name: "Import from the desk" })).getAttribute("href")).toBe("#/import");
    expect(screen.getByRole("link", { name: "New external user" }).getAttribute("href")).toBe("#/users?new=yes");
    expect(await axeFindings()).toEqual([]);
    await userEvent.setup().click(screen.getByRole("button", { name: "Open the sample" }));
    expect(await card("People by status")).toBeTruthy();
  });

  it("says what failed", async () => {
    await openWindow({ at: "/overview", scenario: "error" });
    expect(await screen.findByRole("alert")).toBeTruthy();
  });
});
