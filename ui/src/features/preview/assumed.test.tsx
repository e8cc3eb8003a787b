import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { TicketRow } from "@/bridge/types";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { AssumedNote } from "./AssumedNote";
import { PreviewPane } from "./PreviewPane";

const nothing = () => undefined;
const pane = <PreviewPane viewer={{ id: "u0", draft: null }} onWhy={nothing} onSettings={nothing} />;
const rows = async () => (await screen.findAllByRole("listitem")).filter((row) => row.dataset["index"]);

afterEach(() => setLanguage("en"));

describe("what is only assumed", () => {
  it("is marked at each ticket on which such a rule decided, and at no other", async () => {
    drawOnFake(pane);
    fireEvent.click(await screen.findByRole("tab", { name: /Company tickets/ }));
    await waitFor(async () => expect((await rows()).length).toBeGreaterThan(3));
    for (const row of await rows()) expect(within(row).getByText("Assumed").closest("[title]")?.getAttribute("title")).toBe("otobo.archive");
    expect(await axeFindings()).toEqual([]);
    fireEvent.click(screen.getByRole("tab", { name: /My tickets/ }));
    await waitFor(async () => expect(within((await rows())[0]!).queryByText("Assumed")).toBeNull());
    expect(screen.queryByRole("note")).toBeNull();
  });

  it("is told once above the list; that all rest on it only where all are there and do", async () => {
    const ticket = { assumed: [], reason: { rule: "r", text: "R", standing: "D", facts: [] } } as unknown as TicketRow;
    const marked = { ...ticket, assumed: ["innosoft.address.own"] };
    const said = (rows: TicketRow[], whole: boolean) => {
      const { unmount } = drawOnFake(<AssumedNote rows={rows} whole={whole} />);
      const text = screen.queryByRole("note")?.textContent ?? "";
      unmount();
      return text;
    };
    expect(said([marked, marked], true)).toContain("All 2 rest on an assumed rule: The address the person belongs to is readable.");
    expect(said([marked, marked], false)).not.toContain("All");
    expect(said([marked, ticket], true)).toMatch(/^AAssumed rests on an assumed rule: The address/);
    expect(said([{ ...marked, assumed: ["innosoft.address.own", "innosoft.own"] }, marked], true)).toContain("All 2 rest on assumed rules: ");
    expect(said([ticket, ticket], true)).toBe("");
    setLanguage("de");
    expect(said([marked, marked], true)).toContain("Alle 2 beruhen auf einer angenommenen Regel: ");
  });

  it("opens as a list of the rules, each with its text and its source, in German too", async () => {
    setLanguage("de");
    drawOnFake(pane, "sample", "dark");
    fireEvent.click(await screen.findByRole("button", { name: "1 Regel angenommen" }));
    const list = await screen.findByRole("dialog");
    const rule = await within(list).findByRole("listitem");
    expect(within(rule).getByText("Angenommen")).toBeTruthy();
    expect(within(rule).getByText("Warum angenommen: not measured")).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
    fireEvent.click(within(list).getByRole("button", { name: "Schließen" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});
