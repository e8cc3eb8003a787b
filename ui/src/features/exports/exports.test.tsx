import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { openWindow } from "../../../test/render";
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

async function drawn(desk: string, scheme: "light" | "dark" = "light") {
  const { fake, ids } = await exported(desk);
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
    expect(within(ways).getByRole("link", { name: "Export again" }).getAttribute("href")).toBe("#/review");
    expect(within(ways).getByRole("link", { name: "Take what the desk has" }).getAttribute("href")).toBe("#/import?path=%2Fhome%2Fmarta%2Fnew%20dump");
    fireEvent.click(tab(/^Changed in the desk/));
    await waitFor(() => expect(lines()).toHaveLength(counts[2] ?? 0));
    expect(screen.getAllByText("The desk has: somebody else's").length).toBeGreaterThan(0);
    fireEvent.click(tab(/^Cannot be told/));
    await waitFor(() => expect(lines()).toHaveLength(counts[3] ?? 0));
    expect(screen.getAllByText("The files do not speak of this record.")).toHaveLength(counts[3] ?? 0);
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
    expect((await screen.findByRole("status")).textContent).toMatch(/^\d+ operations, and the desk has all of them\.$/);
    expect(screen.queryByRole("link", { name: "Export again" })).toBeNull();
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
    fireEvent.click(await screen.findByRole("link", { name: "Take what the desk has" }));
    expect(await screen.findByText("/home/marta/lists", { selector: "code" })).toBeTruthy();
  });
});
