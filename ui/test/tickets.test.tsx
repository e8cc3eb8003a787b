import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import type { Backend } from "@/bridge/client";
import type { ExportWho, WhoCounts } from "@/bridge/types";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("prompt", (_: string, proposal: string) => proposal);
});
afterEach(() => {
  vi.unstubAllGlobals();
  globalThis.location.hash = "";
});

async function told<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const answer = await outcome;
  if (answer.status === "error") throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

/** A ticket that several people see, with the counts. */
async function seenBySeveral({ commands }: Backend): Promise<{ number: string; counts: WhoCounts }> {
  const { rows } = await told(commands.findTickets("", null));
  for (const { number } of rows) {
    const counts = await told(commands.whoCount(number, null));
    if (counts.all > 2 && counts.may_log_in < 40) return { number, counts };
  }
  throw new Error("nobody sees anything");
}

const zone = () => screen.findByRole("region", { name: "Who can see it" });

describe("tickets", () => {
  it("are found by number and by title, and worked by keyboard", async () => {
    const fake = await openWindow({ at: "/tickets" });
    const user = userEvent.setup();
    const { rows } = await told(fake.commands.findTickets("", null));
    const list = await screen.findByRole("list", { name: "Tickets" });
    await waitFor(() => expect(within(list).getAllByRole("button").length).toBeGreaterThan(10));
    await user.type(screen.getByRole("searchbox", { name: "Number or title" }), "invoice");
    await waitFor(() => expect(within(list).getAllByRole("button").every((row) => /invoice/i.test(row.title))).toBe(true));
    const [first, second] = within(list).getAllByRole("button");
    first?.focus();
    await user.keyboard("{ArrowDown}{Enter}");
    await waitFor(() => expect(second?.getAttribute("aria-current")).toBe("true"));
    expect(document.activeElement).toBe(second);
    await user.clear(screen.getByRole("searchbox", { name: "Number or title" }));
    await user.type(screen.getByRole("searchbox", { name: "Number or title" }), rows[7]?.number ?? "");
    await waitFor(() => expect(within(list).getAllByRole("button")).toHaveLength(1));
  });

  it("say that none fits, and that there are none", async () => {
    await openWindow({ at: "/tickets?q=no such words" });
    expect(await screen.findByText("No ticket fits")).toBeTruthy();
    expect(screen.getByText("1,840 of 1,840 looked at")).toBeTruthy();
  });

  it("stand empty before an import", async () => {
    await openWindow({ scenario: "empty", at: "/tickets" });
    expect(await screen.findByText("No tickets read")).toBeTruthy();
  });
});

describe("who can see a ticket", () => {
  it("names everybody with way and reason, in parts with exact counts, and leads to the person's why", async () => {
    const fake = createFake("sample", 0);
    const { number, counts } = await seenBySeveral(fake);
    await openWindow({ backend: fake, at: `/tickets?number=${number}` });
    const people = await within(await zone()).findByRole("list", { name: "All" });
    await waitFor(() => expect(within(people).getAllByRole("listitem")).toHaveLength(Math.min(counts.all, 50)));
    const parts = screen.getByRole("group", { name: "Which people" });
    expect(within(parts).getAllByRole("button").map((tab) => tab.textContent)).toEqual([
      `All ${counts.all}`, `May log in ${counts.may_log_in}`, `Find it ${counts.listed}`, `Can open it ${counts.openable}`,
    ]);
    const page = await told(fake.commands.whoPage({ ticket: number, activity: null, part: "all", after: null }));
    const [somebody] = page.people;
    const link = within(people).getByRole("link", { name: somebody?.name });
    expect(link.getAttribute("href")).toBe(`#/users?${new URLSearchParams({ id: somebody?.id ?? "", why: number }).toString()}`);
    expect(await axeFindings()).toEqual([]);
  });

  it("knows who reads what was said: nobody reads an agent's note", async () => {
    const fake = createFake("sample", 0);
    const { number } = await seenBySeveral(fake);
    const { user } = { user: userEvent.setup() };
    await openWindow({ backend: fake, at: `/tickets?number=${number}` });
    await user.click(await screen.findByRole("combobox", { name: "What is asked" }));
    await user.click(await screen.findByRole("option", { name: /^2\. Internal.*\(internal\)$/ }));
    expect(await screen.findByText("Nobody")).toBeTruthy();
    expect(within(screen.getByRole("group", { name: "Which people" })).queryByRole("button", { name: /Find it/ })).toBeNull();
  });

  it("keeps those apart of whom it cannot be told", async () => {
    const fake = createFake("unknown", 0);
    const { rows } = await told(fake.commands.findTickets("", null));
    await openWindow({ backend: fake, at: `/tickets?number=${rows[0]?.number ?? ""}` });
    expect(await screen.findByText("Nobody for certain")).toBeTruthy();
    expect(screen.getByText(/settings of the desk are not known; they may decide/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: /^Cannot be told/ }));
    const unsure = await within(await zone()).findByRole("list", { name: "Cannot be told" });
    await waitFor(() => expect(within(unsure).getAllByRole("listitem").length).toBeGreaterThan(10));
  });

  it("says how many more may see it where a setting is not as assumed", async () => {
    const fake = createFake("sample", 0);
    const { number } = await seenBySeveral(fake);
    const whoCount: Backend["commands"]["whoCount"] = async (ticket, activity) => {
      const answer = await fake.commands.whoCount(ticket, activity);
      return answer.status === "ok" ? { ...answer, data: { ...answer.data, hanging: [{ setting: "Portal::Involvement", people: 1200 }] } } : answer;
    };
    await openWindow({ backend: { ...fake, commands: { ...fake.commands, whoCount } }, at: `/tickets?number=${number}` });
    const notice = await screen.findByText(/1,200 more people may see it if the setting “Involvement” is not as assumed\./);
    expect(within(notice).getByText("Assumed")).toBeTruthy();
    expect(within(notice).getByRole("link").getAttribute("href")).toBe("#/portal");
  });

  it("is written into a file, in the words of the window", async () => {
    const fake = createFake("sample", 0);
    const { number, counts } = await seenBySeveral(fake);
    const written: ExportWho[] = [];
    const commands: Backend["commands"] = {
      ...fake.commands,
      exportWho: (input, job) => {
        written.push(input);
        return fake.commands.exportWho(input, job);
      },
    };
    await openWindow({ backend: { ...fake, commands }, at: `/tickets?number=${number}`, language: "de" });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Mehr zu dieser Liste" }));
    await user.click(await screen.findByText("Als CSV exportieren …"));
    await screen.findByText(new RegExp(`^${counts.all} Zeilen geschrieben`));
    expect(written[0]?.columns.find(({ key }) => key === "openable")).toEqual({
      key: "openable", title: "Kann es öffnen", words: [["yes", "ja"], ["no", "nein"], ["unknown", "nicht zu sagen"]],
    });
    expect([written[0]?.part, written[0]?.separator]).toEqual(["all", ";"]);
  });
});
