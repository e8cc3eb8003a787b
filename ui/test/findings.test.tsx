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

/** The kinds that the window lists, each with its count. */
async function kinds(): Promise<string[]> {
  const zone = await screen.findByRole("region", { name: "Kinds of findings" });
  await waitFor(() => expect(within(zone).getAllByRole("button").length).toBeGreaterThan(0));
  return within(zone).getAllByRole("button").map((one) => one.textContent ?? "");
}

describe("findings", () => {
  it("are counted by kind and lead to the person", async () => {
    const fake = await openWindow({ at: "/findings?kind=no_sponsor" });
    const counted = await fake.commands.countFindings("job");
    if (counted.status === "error") throw new Error("not counted");
    const expected = counted.data.kinds.filter((kind) => kind.shown > 0);
    expect(expected.length).toBeGreaterThan(0);
    expect(await kinds()).toEqual(expected.map((kind) => `${kind.text}${kind.shown.toLocaleString("en")}`));
    const list = await screen.findByRole("region", { name: "People with no sponsor" });
    const links = await within(list).findAllByRole("link");
    expect(links[0]?.getAttribute("href")).toMatch(/^#\/users\?id=/);
    expect(within(list).getAllByText(/this person has nobody/).length).toBe(links.length);
    expect(await axeFindings()).toEqual([]);
  });

  it("select the people they are about, and no others, in the list", async () => {
    const fake = await openWindow({ at: "/findings?kind=no_sponsor" });
    const user = userEvent.setup();
    const people = await fake.commands.peopleOfFinding("no_sponsor");
    const count = people.status === "ok" ? people.data.length : 0;
    expect(count).toBeGreaterThan(1);
    const list = await screen.findByRole("region", { name: "People with no sponsor" });
    await user.click(await within(list).findByRole("button", { name: "Select these people" }));
    await waitFor(() => expect(globalThis.location.hash).toBe("#/users"));
    expect(await screen.findByText(`${count.toLocaleString("en")} selected`)).toBeTruthy();
  });

  it("are muted with a reason, one by one, and shown again", async () => {
    const fake = createFake("sample", 0);
    await openWindow({ backend: fake, at: "/findings?kind=no_sponsor" });
    const user = userEvent.setup();
    const list = await screen.findByRole("region", { name: "People with no sponsor" });
    const name = (await within(list).findAllByRole("link"))[0]?.textContent ?? "";
    await user.click(within(list).getByRole("button", { name: `Mute…: ${name}` }));
    await user.type(await screen.findByLabelText("Why is it meant?"), "asked for{Enter}");
    await waitFor(() => expect(within(list).queryByRole("link", { name })).toBeNull());
    await user.click(await within(list).findByRole("radio", { name: "Muted 1" }));
    expect(await within(list).findByText(/Muted: asked for/)).toBeTruthy();
    await user.click(within(list).getByRole("button", { name: "Show again" }));
    await waitFor(() => expect(within(list).queryByText(/Muted: asked for/)).toBeNull());
  });

  it("are muted as a kind", async () => {
    await openWindow({ at: "/findings?kind=no_sponsor" });
    const user = userEvent.setup();
    const list = await screen.findByRole("region", { name: "People with no sponsor" });
    await user.click(await within(list).findByRole("button", { name: "Mute all of these…" }));
    await user.type(await screen.findByLabelText("Why is it meant?"), "we know{Enter}");
    expect(await within(list).findByText("All of these are muted")).toBeTruthy();
    expect(within(list).getByText("we know")).toBeTruthy();
    await user.click(within(list).getByRole("button", { name: "Show again" }));
    expect((await within(list).findAllByRole("link")).length).toBeGreaterThan(0);
  });

  it("say that there are none", async () => {
    await openWindow({ scenario: "empty", at: "/findings" });
    expect(await screen.findByText("Nothing found")).toBeTruthy();
  });

  it("about a person stand in her form, lead to the field and to others like her, and go with a mute", async () => {
    const fake = createFake("sample", 0);
    const listed = await fake.commands.listFindings({ kind: "no_sponsor", muted: false, after: null, limit: 1 });
    if (listed.status === "error") throw new Error("not listed");
    const { subject, key } = listed.data.rows[0]!;
    const about = await fake.commands.findingsOfUser(subject);
    if (about.status === "error") throw new Error("not found");
    await openWindow({ backend: fake, at: `/users?id=${subject}` });
    const user = userEvent.setup();
    const zone = await screen.findByRole("region", { name: "Findings about this person" });
    expect(within(zone).queryByRole("list")).toBeNull();
    await user.click(within(zone).getByRole("button", { expanded: false }));
    expect(within(zone).getAllByRole("listitem").length).toBe(about.data.length);
    expect(within(zone).getAllByRole("link", { name: "Others like this" }).map((link) => link.getAttribute("href"))).toContain("#/findings?kind=no_sponsor");
    expect(await axeFindings()).toEqual([]);
    await user.click(within(zone).getByRole("button", { name: "Go to Sponsor" }));
    await waitFor(() => expect(document.activeElement?.id).toContain("sponsor"));
    for (const row of about.data) await fake.commands.muteFinding({ finding: row.key, reason: "meant" });
    expect(about.data.map((row) => row.key)).toContain(key);
    await waitFor(() => expect(screen.queryByRole("region", { name: "Findings about this person" })).toBeNull());
  });
});
