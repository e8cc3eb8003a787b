import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { PortalPart, TicketRow } from "@/bridge/types";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake, withCommands } from "../../../test/withFake";
import { AssumedNote } from "./AssumedNote";
import { AssumedRules } from "./AssumedRules";
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

  it("is marked at parts of the portal, machines and what a new ticket can be, where no rule that is named is assumed", async () => {
    const reason = (assumed: string[]) => ({ rule: "elma365.app", text: "An app is shown.", standing: "D", facts: [] as [string, string][], assumed });
    const app = (name: string, assumed: string[]): PortalPart => ({ key: name, path: `apps/${name}`, name, kind: "app", page: "", shown: false, reason: reason(assumed), right: null, items: null, change: "" });
    const choices = { allowed: true, responsible_groups: [], responsible_agents: [], queues: [], services: [], priorities: [], apps: [], state: "", medium: "", priority: "", to_group: null };
    const fake = withCommands((commands) => ({
      preview: async (viewer) => {
        const answer = await commands.preview(viewer);
        if (answer.status === "error") return answer;
        const machines = [{ id: "m", number: "M1", name: "Press" }];
        const new_ticket = { ...choices, queues: ["Support"], types: ["Repair"], assumed_in: ["types"] };
        return { ...answer, data: { ...answer.data, parts: [app("sure", []), app("doubtful", ["elma365.object.not_everybody"])], machines, new_ticket, assumed_in: ["machines"] } };
      },
    }));
    drawOnFake(pane, "sample", "light", "elma365", fake);
    const badges = (found: Element) => within(found as HTMLElement).queryAllByText("Assumed").length;
    fireEvent.click(await screen.findByRole("radio", { name: "Home" }));
    expect(badges((await screen.findByText("sure")).closest("li")!)).toBe(0);
    expect(badges(screen.getAllByText("doubtful")[0]!.closest("li")!)).toBe(1);
    expect(badges(screen.getByRole("heading", { name: /^Machines/ }))).toBe(1);
    fireEvent.click(screen.getByRole("radio", { name: "New ticket" }));
    expect(badges(await screen.findByRole("heading", { name: /^Type/ }))).toBe(1);
    expect(badges(screen.getByRole("heading", { name: /^Queue/ }))).toBe(0);
  });

  it("is told of a setting that nobody has confirmed, with the way to do so", async () => {
    const rule = { id: "Portal::Involvement", text: "Whether ...", source: "a setting" };
    const { unmount } = drawOnFake(<AssumedRules rules={[rule]} />, "sample", "light", "daktela");
    const line = await screen.findByRole("listitem");
    expect(line.textContent).toContain("The setting “Involvement” is assumed; nobody has confirmed it.");
    expect(within(line).getByRole("link", { name: "Confirm or change it in the portal's settings." }).getAttribute("href")).toBe("#/portal");
    unmount();
    const ticket = { assumed: ["Portal::Involvement"], reason: { rule: "r", text: "R", standing: "D", facts: [], assumed: [] } } as unknown as TicketRow;
    drawOnFake(<AssumedNote rows={[ticket]} whole={false} />, "sample", "light", "daktela");
    expect(screen.getByRole("note").textContent).toContain("The setting “Involvement”");
  });
});
