import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { openWindow } from "../../../test/render";
import type { SettleOperations } from "@/bridge/types";
import { exportHrefOf } from "./paths";
import { ExportsScreen } from "./ExportsScreen";

const none = () => undefined;

/** A program that has exported twice; the ids, newest first. */
async function exported(desk: string) {
  const fake = createFake("sample", 0, desk);
  const ids: string[] = [];
  for (const folder of ["/home/marta/first", "/home/marta/second"]) {
    const report = await fake.commands.exportDesk(folder, null, "job");
    if (report.status === "error") throw new Error(report.error.message);
    ids.unshift(report.data.id);
  }
  return { fake, ids };
}

type Fake = Awaited<ReturnType<typeof exported>>["fake"];

async function drawn(desk: string, scheme: "light" | "dark" = "light", watch: (fake: Fake) => void = none) {
  const { fake, ids } = await exported(desk);
  watch(fake);
  const view = drawOnFake(<ExportsScreen id={null} onPick={none} />, "sample", scheme, desk, fake);
  await screen.findByText("/home/marta/second");
  return { ...view, fake, ids };
}

const tab = (name: RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });
const lines = () => within(screen.getByRole("region", { name: "Operations of this export" })).getAllByRole("listitem");

describe("the exports", () => {
  it("stand with who made them and what they hold, the last one open", async () => {
    const { ids } = await drawn("otobo");
    const [first, second] = within(screen.getByRole("region", { name: "Exports" })).getAllByRole("button");
    expect(first?.getAttribute("aria-current")).toBe("true");
    expect(second?.getAttribute("aria-current")).toBeNull();
    expect(first?.textContent).toMatch(/marta.*\d+ operations/);
    expect(first?.textContent).not.toMatch(/done/);
    expect(await screen.findByText(ids[0] ?? "")).toBeTruthy();
    // Scripts are run and not ticked.
    await waitFor(() => expect(lines().length).toBeGreaterThan(3));
    expect(screen.queryByRole("checkbox")).toBeNull();
  });

  it("let a worklist's steps be ticked, with who did it, and take a tick back", async () => {
    const { fake, ids } = await drawn("daktela");
    const boxes = await screen.findAllByRole<HTMLInputElement>("checkbox");
    const count = boxes.length;
    fireEvent.click(boxes[0] ?? document.body);
    expect(await screen.findByText(/^Done: marta/)).toBeTruthy();
    expect(screen.getByText(new RegExp(`1 of ${String(count)} done`))).toBeTruthy();
    const kept = await fake.commands.exportOperations(ids[0] ?? "");
    expect(kept.status === "ok" && kept.data.filter((one) => one.done_by === "marta")).toHaveLength(1);
    fireEvent.click(tab(/^To do/));
    await waitFor(() => expect(lines()).toHaveLength(count - 1));
    fireEvent.click(tab(/^Done/));
    await waitFor(() => expect(lines()).toHaveLength(1));
    fireEvent.click(screen.getByRole("checkbox"));
    expect(await screen.findByText("None of them")).toBeTruthy();
    expect(screen.getAllByText(new RegExp(`0 of ${String(count)} done`))).toHaveLength(2);
  });

  it("are verified against the desk: each outcome counted, filtered, with what was found, and the ways on", async () => {
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/new dump");
    const { asked } = await drawn("otobo");
    const all = await waitFor(() => {
      expect(lines().length).toBeGreaterThan(3);
      return lines().length;
    });
    fireEvent.click(screen.getByRole("button", { name: "Folder…" }));
    const ways = await screen.findByRole("region", { name: "What became of it" });
    expect(asked).toContain("verifyExport");
    const figure = (name: RegExp) => Number(/\d+$/.exec(tab(name).textContent ?? "")?.[0]);
    const counts = [/^Applied/, /^Not applied/, /^Changed in the desk/, /^Cannot be told/].map(figure);
    expect(counts.every((count) => count > 0)).toBe(true);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all);
    expect(within(ways).getByRole("link", { name: "To the plan" }).getAttribute("href")).toBe("#/review");
    expect(within(ways).getByRole("link", { name: "Import from there" }).getAttribute("href")).toBe("#/import?path=%2Fhome%2Fmarta%2Fnew%20dump");
    fireEvent.click(tab(/^Changed in the desk/));
    await waitFor(() => expect(lines()).toHaveLength(counts[2] ?? 0));
    expect(screen.getAllByText("The desk has: somebody else's").length).toBeGreaterThan(0);
    fireEvent.click(tab(/^Cannot be told/));
    await waitFor(() => expect(lines()).toHaveLength(counts[3] ?? 0));
    expect(screen.getAllByText("What was read says nothing of this record.")).toHaveLength(counts[3] ?? 0);
  });

  it("let each open operation be taken or exported again, alone and all that are listed", async () => {
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/new dump");
    const settled = vi.fn();
    const { ids } = await drawn("otobo", "light", ({ commands }) => {
      settled.mockImplementation(commands.settleOperations);
      commands.settleOperations = settled as typeof commands.settleOperations;
    });
    fireEvent.click(await screen.findByRole("button", { name: "Folder…" }));
    await screen.findByRole("region", { name: "What became of it" });
    const choices = () => screen.queryAllByRole("radiogroup", { name: /which value counts$/ });
    const open = choices().length;
    expect(open).toBe(Number(/\d+$/.exec(tab(/^Not applied/).textContent ?? "")?.[0]) + Number(/\d+$/.exec(tab(/^Changed in the desk/).textContent ?? "")?.[0]));
    expect(screen.queryByRole("button", { name: /^Settle/ })).toBeNull();
    fireEvent.click(within(choices()[0] ?? document.body).getByRole("radio", { name: "Export again" }));
    fireEvent.click(screen.getByRole("button", { name: "Settle 1 operation" }));
    await waitFor(() => expect(choices()).toHaveLength(open - 1));
    expect(screen.getByText("Goes out again, against what the desk has now")).toBeTruthy();
    fireEvent.click(tab(/^Changed in the desk/));
    const bulk = await screen.findByRole("group", { name: /open operations? in the list:$/ });
    const drifted = choices().length;
    fireEvent.click(within(bulk).getByRole("button", { name: "Take what the desk has" }));
    fireEvent.click(screen.getByRole("button", { name: new RegExp(`^Settle ${String(drifted)} operation`) }));
    await waitFor(() => expect(choices()).toHaveLength(0));
    expect(screen.getAllByText("Taken as the desk has it")).toHaveLength(drifted);
    const asked = settled.mock.calls.map(([input]) => input as SettleOperations);
    expect(asked.map((input) => [input.export, input.choices.map(({ keep }) => keep)])).toEqual([
      [ids[0], ["again"]],
      [ids[0], Array.from({ length: drifted }, () => "theirs")],
    ]);
  });

  it("are verified against the desk's own interface, with an estimate, and no token is kept", async () => {
    localStorage.clear();
    const [verified, estimated] = [vi.fn(), vi.fn()];
    await drawn("zoho", "light", ({ commands }) => {
      verified.mockImplementation(commands.verifyExport);
      estimated.mockImplementation(commands.estimateReading);
      Object.assign(commands, { verifyExport: verified, estimateReading: estimated });
    });
    fireEvent.click(await screen.findByRole("button", { name: "Interface…" }));
    const dialog = await screen.findByRole("dialog", { name: "The desk’s interface" });
    const type = (label: string, value: string) => fireEvent.change(within(dialog).getByLabelText(label, { selector: "input" }), { target: { value } });
    const go = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Verify" });
    expect(go.disabled).toBe(true);
    type("Address", "https://desk.zoho.com?orgId=1");
    type("Token", "s3cret");
    fireEvent.click(within(dialog).getByRole("button", { name: "What will it take?" }));
    // No tickets are read for it.
    expect(await within(dialog).findByText("Reading takes 8 requests:")).toBeTruthy();
    expect(estimated.mock.calls[0]?.[2]).toBe(false);
    expect(await axeFindings(dialog)).toEqual([]);
    fireEvent.click(go);
    await screen.findByRole("region", { name: "What became of it" });
    const [input, , login] = verified.mock.calls[0] ?? [];
    expect(input).toMatchObject({ path: "https://desk.zoho.com?orgId=1" });
    expect(login).toEqual({ password: "s3cret", keep: false });
    expect(JSON.stringify({ ...localStorage })).not.toContain("s3cret");
    expect(screen.getByRole("link", { name: "Import from there" }).getAttribute("href")).toContain("desk.zoho.com");
  });

  it("say in words what stands against the interface", async () => {
    localStorage.clear();
    await drawn("zoho");
    fireEvent.click(await screen.findByRole("button", { name: "Interface…" }));
    const dialog = await screen.findByRole("dialog", { name: "The desk’s interface" });
    fireEvent.change(within(dialog).getByLabelText("Address", { selector: "input" }), { target: { value: "https://nowhere.example" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Verify" }));
    expect((await screen.findByRole("alert")).textContent).toMatch(/The server cannot be reached\..*nowhere\.example: no such name/);
  });

  it("tick at once the steps that the desk has", async () => {
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/new lists");
    const { asked } = await drawn("daktela");
    fireEvent.click(await screen.findByRole("button", { name: "Folder…" }));
    const tick = await screen.findByRole("button", { name: /^Tick \d+ steps? that the desk has$/ });
    const count = Number(/\d+/.exec(tick.textContent ?? "")?.[0]);
    expect(count).toBe(Number(/\d+$/.exec(tab(/^Applied/).textContent ?? "")?.[0]));
    fireEvent.click(tick);
    await waitFor(() => expect(screen.getAllByRole<HTMLInputElement>("checkbox").filter((box) => box.checked)).toHaveLength(count));
    expect(screen.queryByRole("button", { name: /^Tick/ })).toBeNull();
    expect(asked.filter((name) => name === "tickSteps")).toHaveLength(1);
  });

  it("say that all is there where it is", async () => {
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/all");
    await drawn("otobo");
    fireEvent.click(await screen.findByRole("button", { name: "Folder…" }));
    expect((await screen.findByRole("status")).textContent).toMatch(/^\d+ operations, and the desk has all of them\. What the desk has is pending no more\.$/);
    expect(screen.queryByRole("button", { name: "Export again" })).toBeNull();
  });

  it("say where tables would tell a part alone, and leave the ticks", async () => {
    await drawn("innosoft");
    expect(await screen.findByText(/^Innosoft FSM is read from tables that tell a part of it/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Folder…" })).toBeNull();
    expect((await screen.findAllByRole("checkbox")).length).toBeGreaterThan(0);
  });

  it("say whether their files are still what was written", async () => {
    await drawn("otobo");
    fireEvent.click(await screen.findByRole("button", { name: "Check the files" }));
    expect(await screen.findByText("All files are as they were written")).toBeTruthy();
  });

  it("say so where there are none, and where they cannot be read", async () => {
    const view = drawOnFake(<ExportsScreen id={null} onPick={none} />);
    expect(await screen.findByText("Nothing was exported yet")).toBeTruthy();
    view.unmount();
    drawOnFake(<ExportsScreen id={null} onPick={none} />, "error");
    expect(await screen.findByText(/cannot be read or written/)).toBeTruthy();
  });

  it.each(["light", "dark"] as const)("are clean for axe (%s)", async (scheme) => {
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/new dump");
    await drawn("zoho", scheme);
    fireEvent.click(await screen.findByRole("button", { name: "Folder…" }));
    await screen.findByRole("region", { name: "What became of it" });
    expect(await axeFindings()).toEqual([]);
  });
});

describe("the way to an export", () => {
  it("is in its entry of the history, and in none of before there was a ledger", () => {
    expect(exportHrefOf([["folder", "/x"], ["export", "0199 a"]])).toBe("#/exports?id=0199%20a");
    expect(exportHrefOf([["folder", "/x"]])).toBeNull();
  });
});

describe("the window", () => {
  it("leads from the review to the exports, and from there to an import of the same files", async () => {
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/lists");
    const { fake } = await exported("daktela");
    await openWindow({ at: "/review", backend: fake });
    fireEvent.click(await screen.findByRole("link", { name: "2 exports so far" }));
    fireEvent.click(await screen.findByRole("button", { name: "Folder…" }));
    fireEvent.click(await screen.findByRole("link", { name: "Import from there" }));
    expect(await screen.findByText("/home/marta/lists", { selector: "code" })).toBeTruthy();
  });
});
