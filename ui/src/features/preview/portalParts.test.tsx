import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { PageQuery, PortalPart, Preview, Viewer } from "@/bridge/types";
import { axeFindings, drawOnFake, withCommands } from "../../../test/withFake";
import { PreviewPane } from "./PreviewPane";
import { WhyZone } from "./WhyZone";

const viewer: Viewer = { id: "u0", draft: null };
const pane = <PreviewPane viewer={viewer} onWhy={() => undefined} />;

const part = (path: string, kind: string, more: Partial<PortalPart> = {}): PortalPart => ({
  key: path, path, name: path.split("/").at(-1) ?? path, kind, page: "", shown: true, right: null, items: null, change: "",
  reason: { rule: "elma365.page.everybody", text: "", standing: "A", facts: [], assumed: ["elma365.page.everybody"] },
  ...more,
});

const parts: PortalPart[] = [
  part("portal/home", "page"),
  part("portal/home/new", "button", { page: "portal/home", right: { level: "view", through: "group", group: "External users", from: "portal" }, change: "gained" }),
  part("portal/home/contract", "button", { page: "portal/home", shown: false, reason: { rule: "elma365.button", text: "", standing: "A", facts: [], assumed: ["elma365.page.everybody"] } }),
  part("service/requests", "app", { items: { name: "CompanyTickets", all: 3, open: 2, closed: 1, unknown: 0, gained: 0, lost: 0 }, reason: { rule: "elma365.app", text: "", standing: "D", facts: [], assumed: [] } }),
  part("contracts/files", "app", { shown: null }),
];

describe("pages, buttons and apps of a portal", () => {
  const asked: PageQuery[] = [];
  const fake = () =>
    withCommands((commands) => ({
      preview: async (of) => {
        const answer = await commands.preview(of);
        return answer.status === "ok" ? { ...answer, data: { ...answer.data, parts } satisfies Preview } : answer;
      },
      previewPage: (of, query) => {
        asked.push(query);
        return commands.previewPage(of, query);
      },
    }));

  it("say whether they are shown, why, and from where the right comes", async () => {
    drawOnFake(pane, "sample", "light", "otobo", fake());
    fireEvent.click(await screen.findByRole("radio", { name: "Home" }));
    const home = await screen.findByRole("region", { name: "Home" });
    within(home).getByText("2 of 3 shown");
    within(home).getByText("Right: view, through the group External users on portal, handed down");
    within(home).getByText("She has no right to it");
    within(home).getByText("shown after saving");
    expect(within(home).getAllByText("Assumed").length).toBe(4);
    expect(await axeFindings(home)).toEqual([]);
  });

  it("lead from an app to its items, and back to all", async () => {
    drawOnFake(pane, "sample", "light", "otobo", fake());
    fireEvent.click(await screen.findByRole("radio", { name: "Home" }));
    fireEvent.click(await screen.findByRole("button", { name: "3 items" }));
    const app = await screen.findByRole("combobox", { name: "App" });
    expect((app as HTMLSelectElement).value).toBe("service/requests");
    screen.getByRole("button", { name: "All 3" });
    await waitFor(() => expect(asked.at(-1)?.object).toBe("service/requests"));
    fireEvent.change(app, { target: { value: "" } });
    await waitFor(() => expect(asked.at(-1)?.object).toBeNull());
    expect(await axeFindings()).toEqual([]);
  });
});

describe("a report of which a list cannot be read", () => {
  it("says so where it begins and where the list is missing, and tries again", async () => {
    let broken = true;
    const fake = withCommands((commands) => ({
      previewPage: (of, query) =>
        broken && query.list === "MyTickets"
          ? Promise.resolve({ status: "error", error: { code: "storage", message: "the disk is gone", detail: [], fields: [], problems: [], words: null } } as never)
          : commands.previewPage(of, query),
    }));
    drawOnFake(pane, "sample", "light", "otobo", fake);
    fireEvent.click(await screen.findByRole("button", { name: "Report to print" }));
    const dialog = await screen.findByRole("dialog", { name: "Report to print" });
    await within(dialog).findByText("This report is not complete: a list could not be read.");
    within(dialog).getByText(/The list is missing here\./);
    expect(await axeFindings(dialog)).toEqual([]);
    broken = false;
    fireEvent.click(within(dialog).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(within(dialog).queryByText(/not complete/)).toBeNull());
    expect(within(dialog).getAllByRole("table").length).toBe(2);
  });

  it("does not say that there is nothing where it cannot be told", async () => {
    drawOnFake(pane, "unknown");
    fireEvent.click(await screen.findByRole("button", { name: "Report to print" }));
    const dialog = await screen.findByRole("dialog", { name: "Report to print" });
    await waitFor(() => expect(within(dialog).getByRole("button", { name: "Print" }).hasAttribute("disabled")).toBe(false));
    within(dialog).getByText(/^Of 1,840 tickets it cannot be told\.$/);
    expect(within(dialog).queryByText("No tickets here")).toBeNull();
  });
});

describe("why of an item", () => {
  it("names the right that reaches it and from where, but for the login", async () => {
    const right = { level: "view", through: "group", group: "External users", from: "service/requests" };
    const fake = withCommands((commands) => ({
      why: async (of, number) => {
        const answer = await commands.why(of, number);
        return answer.status === "ok" ? { ...answer, data: { ...answer.data, right } } : answer;
      },
    }));
    const number = await someTicket(fake);
    drawOnFake(<WhyZone viewer={viewer} number={number} unsaved={0} onClose={() => undefined} />, "sample", "light", "otobo", fake);
    const line = "Right: View, through the group External users on service/requests, handed down";
    expect(await screen.findByText(new RegExp(line, "i"))).toBeTruthy();
    fireEvent.click(screen.getByRole("tab", { name: /log in|login/i }));
    expect(screen.queryByText(new RegExp(line, "i"))).toBeNull();
  });
});

async function someTicket(fake: ReturnType<typeof withCommands>): Promise<string> {
  const found = await fake.commands.findTickets("", null);
  return found.status === "ok" ? found.data.rows[0]!.number : "";
}

describe("a portal by other desks", () => {
  const seen = (desk: string, of: (preview: Preview) => Preview) => {
    const fake = withCommands((commands) => ({
      preview: async (viewer) => {
        const answer = await commands.preview(viewer);
        return answer.status === "ok" ? { ...answer, data: of(answer.data) } : answer;
      },
      workspaceInfo: async () => {
        const answer = await commands.workspaceInfo();
        return answer.status === "ok" && answer.data ? { ...answer, data: { ...answer.data, desk } } : answer;
      },
    }));
    drawOnFake(pane, "sample", "light", "otobo", fake);
  };
  const none = { allowed: true, responsible_groups: [], responsible_agents: [], queues: [], types: [], priorities: [], services: [], apps: [], state: "", medium: "", priority: "", to_group: null, assumed_in: [] as string[] };
  const newTicket = async () => fireEvent.click(await screen.findByRole("radio", { name: "New ticket" }));

  it("says where items may be created, and by what", async () => {
    seen("elma365", (preview) => ({ ...preview, new_ticket: { ...none, apps: ["service/requests"] } }));
    await newTicket();
    const view = await screen.findByRole("region", { name: "New ticket" });
    within(view).getByText("Items may be created in", { exact: false });
    within(view).getByText("service/requests");
    within(view).getByText("By the buttons and widgets of the portal's pages that lead there.");
  });

  it.each([
    ["elma365", "The person has no right to create items in any app of the portal."],
    ["daktela", "In this portal tickets are read only."],
    ["innosoft", "No type of ticket, group or agent is listed for this person."],
  ])("says in the words of %s why nothing can be created", async (desk, words) => {
    seen(desk, (preview) => ({ ...preview, new_ticket: { ...none, allowed: desk !== "daktela" } }));
    await newTicket();
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it("says what is fixed of a new ticket, lists contact persons, and names the address", async () => {
    seen("innosoft", (preview) => ({
      ...preview,
      address: "https://portal.example/login",
      contact_persons: [{ id: "c1", name: "Cora Ash", email: "cora@example.org" }],
      new_ticket: { ...none, types: ["Repair"], state: "New", medium: "Portal", priority: "High", to_group: true },
    }));
    expect(await screen.findByText("https://portal.example/login")).toBeTruthy();
    await newTicket();
    const view = await screen.findByRole("region", { name: "New ticket" });
    for (const line of ["The medium of a new ticket is always “Portal”.", "The priority of a new ticket is always “High”.", "A new ticket goes to the group instead of a hotliner."]) {
      within(view).getByText(line, { exact: false });
    }
    fireEvent.click(screen.getByRole("radio", { name: "Home" }));
    const home = await screen.findByRole("region", { name: "Home" });
    within(home).getByText("Cora Ash", { exact: false });
    within(home).getByText("cora@example.org");
    expect(await axeFindings(home)).toEqual([]);
  });
});
