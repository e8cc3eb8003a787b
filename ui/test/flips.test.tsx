import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend } from "@/bridge/client";
import { createFake } from "@/bridge/fake";
import type { Flips, Viewer } from "@/bridge/types";
import { FlipsBox } from "@/features/flips/FlipsBox";
import { openWindow } from "./render";
import { axeFindings, drawOnFake } from "./withFake";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

const saved: Viewer = { id: "u0", draft: null };

async function told<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const answer = await outcome;
  if (answer.status === "error") throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

/** A ticket that no list shows, though a right on its group in her form would. */
async function hiddenTicket(commands: Backend["commands"] = createFake("sample", 0).commands): Promise<{ number: string; flips: Flips }> {
  const { rows } = await told(commands.previewPage(saved, { list: "Hidden", tab: "all", after: null }));
  for (const { number } of rows) {
    const flips = await told(commands.flips(saved, number, "CompanyTickets", "test"));
    if (flips.flips.some((flip) => flip.form && flip.changes[0]?.field === "groups")) return { number, flips };
  }
  throw new Error("There is no such ticket");
}

const ask = async () => fireEvent.click(await screen.findByRole("button", { name: "What would change this?" }));

describe("what would change an answer", () => {
  it("is asked on demand, and told in words with whom else it touches", async () => {
    const { number, flips } = await hiddenTicket();
    const { asked } = drawOnFake(<FlipsBox viewer={saved} number={number} question="CompanyTickets" onPut={() => undefined} />);
    await screen.findByRole("button", { name: "What would change this?" });
    expect(asked).not.toContain("flips");
    await ask();
    const box = await screen.findByRole("region", { name: "Each of these alone would change the answer" });
    const shown = within(box).getAllByText(/^touches /);
    expect(shown.map((one) => /\d+|nobody/.exec(one.textContent ?? "")?.[0])).toEqual(
      flips.flips.map(({ touches }) => (touches?.others ? String(touches.others) : "nobody")),
    );
    const group = flips.flips.flatMap((flip) => flip.changes).find((change) => change.entity === "external_user" && change.field === "groups");
    expect(within(box).getAllByText(new RegExp(`add ${group?.to.split(":")[0]} \\(ro\\)`)).length).toBeGreaterThan(0);
    expect(asked.filter((name) => /save|put|set/.test(name))).toEqual([]);
  });

  it("counts what concerns many when somebody asks", async () => {
    const { number, flips } = await hiddenTicket();
    const fake = createFake("sample", 0);
    const uncounted = () => Promise.resolve({ status: "ok" as const, data: { ...flips, flips: flips.flips.map((flip) => ({ ...flip, touches: null })) } });
    const { asked } = drawOnFake(<FlipsBox viewer={saved} number={number} question="CompanyTickets" onPut={() => undefined} />, "sample", "light", "otobo", { ...fake, commands: { ...fake.commands, flips: uncounted } as unknown as Backend["commands"] } as typeof fake);
    await ask();
    const box = await screen.findByRole("region", { name: "Each of these alone would change the answer" });
    expect(within(box).queryAllByText(/^touches /)).toEqual([]);
    expect(await axeFindings(box)).toEqual([]);
    fireEvent.click(within(box).getAllByRole("button", { name: /^Count whom it touches: / })[0] as HTMLElement);
    expect(await within(box).findAllByText(/^touches /)).toHaveLength(1);
    expect(within(box).getAllByText(/people at most, not counted$/)).toHaveLength(flips.flips.length - 1);
    expect(asked.filter((name) => name === "flipTouch")).toHaveLength(1);
  });

  it("leads to where a change is made that is not hers", async () => {
    const { number, flips } = await hiddenTicket();
    const flip = flips.flips.find((one) => one.changes[0]?.entity === "account");
    const of = flip?.changes[0];
    const group = flip?.cells[0]?.cells?.[0]?.group;
    expect(group).toBeTruthy();
    drawOnFake(<FlipsBox viewer={saved} number={number} question="CompanyTickets" onPut={() => undefined} />);
    await ask();
    const [link] = await screen.findAllByRole("link", { name: new RegExp(`Account ${of?.key}`) });
    expect(link?.getAttribute("href")).toBe(`#/groups?rows=accounts&context=same&at=${of?.id}&col=${group}`);
  });

  it("goes without the counting when somebody stops it", async () => {
    const { number, flips } = await hiddenTicket();
    const fake = createFake("sample", 0);
    let answer: (flips: Flips) => void = () => undefined;
    const cancelJob = vi.fn((_job: string) => {
      answer({ ...flips, flips: flips.flips.map((flip) => ({ ...flip, touches: null })) });
      return Promise.resolve({ status: "ok" as const, data: null });
    });
    const waiting = () => new Promise<{ status: "ok"; data: Flips }>((resolve) => (answer = (data) => resolve({ status: "ok", data })));
    const commands = { ...fake.commands, flips: waiting, cancelJob } as unknown as Backend["commands"];
    drawOnFake(<FlipsBox viewer={saved} number={number} question="CompanyTickets" onPut={() => undefined} />, "sample", "light", "otobo", { ...fake, commands } as typeof fake);
    await ask();
    fireEvent.click(await screen.findByRole("button", { name: "Do without counting" }));
    expect((await screen.findAllByText(/people at most, not counted$/)).length).toBe(flips.flips.length);
    expect(cancelJob).toHaveBeenCalledOnce();
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    const { number } = await hiddenTicket();
    drawOnFake(<FlipsBox viewer={saved} number={number} question="CompanyTickets" onPut={() => undefined} />, "sample", scheme);
    await ask();
    await screen.findByRole("region");
    expect(await axeFindings()).toEqual([]);
  });

  it("puts her part into the form as a draft, and saves nothing", async () => {
    const { number } = await hiddenTicket();
    const { commands } = await openWindow({ at: `/users?id=u0&why=${number}` });
    const before = await told(commands.getUser("u0"));
    await screen.findByText("How sure is this?");
    await ask();
    const put = (await screen.findAllByRole("button", { name: /^Put into the form: .*Groups/i }))[0];
    await userEvent.setup().click(put!);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Back to the form" })).toBeNull());
    expect((await screen.findAllByText(/1 unsaved/)).length).toBeGreaterThan(0);
    await waitFor(() => expect(document.activeElement?.id).toBe("field-groups"));
    await waitFor(async () => expect((await told(commands.getUser("u0"))).draft?.groups.length).toBe(before.form.groups.length + 1));
    expect((await told(commands.getUser("u0"))).form).toEqual(before.form);
  });
});
