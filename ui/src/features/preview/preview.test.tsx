import { readFileSync, readdirSync } from "node:fs";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import type { UserForm, Viewer, Why, WhyNode } from "@/bridge/types";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { PreviewPane } from "./PreviewPane";
import { countVerdicts, decidingPath, onlyDeciding, topLevel } from "./tree";
import { WhyZone } from "./WhyZone";

const nothing = () => undefined;
const pane = (viewer: Viewer, more: Partial<Parameters<typeof PreviewPane>[0]> = {}) => (
  <PreviewPane viewer={viewer} onWhy={nothing} onSettings={nothing} {...more} />
);
const saved: Viewer = { id: "u0", draft: null };

async function formOf(id: string): Promise<UserForm> {
  const answer = await createFake("sample", 0).commands.getUser(id);
  if (answer.status === "error") throw new Error(answer.error.message);
  return answer.data.form;
}

const tab = (name: RegExp) => screen.findByRole("tab", { name });
const figure = (element: HTMLElement) => Number(/\d+/.exec(element.textContent ?? "")?.[0]);

describe("the preview", () => {
  it("follows the draft and marks what saving would add", async () => {
    const view = drawOnFake(pane(saved));
    const before = figure(await tab(/Company tickets/));
    expect(before).toBeGreaterThan(0);
    const form = await formOf("u0");
    view.redraw(pane({ id: "u0", draft: { ...form, further_accounts: ["a1"] } }));
    await waitFor(() => expect(screen.getByRole("tab", { name: /Company tickets/ }).textContent).toMatch(/\+\d+/));
    expect(figure(screen.getByRole("tab", { name: /Company tickets/ }))).toBeGreaterThan(before);
    expect((await screen.findAllByText("+ after saving")).length).toBeGreaterThan(0);
  });

  it("shows the saved state beside the draft on demand", async () => {
    const form = await formOf("u0");
    drawOnFake(pane({ id: "u0", draft: { ...form, groups: [] } }));
    expect((await screen.findAllByText(/−\d+/)).length).toBeGreaterThan(0);
    fireEvent.click(screen.getByRole("radio", { name: "Saved" }));
    await waitFor(() => expect(screen.queryAllByText(/−\d+/)).toEqual([]));
  });

  it("keeps the last valid preview while the draft is invalid, and says so", async () => {
    const form = await formOf("u0");
    const view = drawOnFake(pane({ id: "u0", draft: { ...form, further_accounts: ["a1"] } }));
    const kept = (await tab(/Company tickets/)).textContent;
    await screen.findAllByRole("listitem");
    view.redraw(pane({ id: "u0", draft: { ...form, further_accounts: ["a1"], login: "" } }));
    expect(await screen.findByText("This is the last valid preview.")).toBeTruthy();
    expect(screen.getByRole("tab", { name: /Company tickets/ }).textContent).toBe(kept);
    expect(screen.getAllByRole("listitem").length).toBeGreaterThan(0);
  });

  it("does not show one person's tickets under another's name", async () => {
    const view = drawOnFake(pane(saved));
    await tab(/My tickets/);
    view.redraw(pane({ id: "u5", draft: { ...(await formOf("u5")), login: "" } }));
    expect(await screen.findByText(/correct the marked ones/)).toBeTruthy();
    expect(screen.queryByText("Jana Nováková")).toBeNull();
  });

  it("shows the closed door where the person may not log in, with the rule", async () => {
    const form = await formOf("u0");
    drawOnFake(pane({ id: "u0", draft: { ...form, status: "invalid" } }));
    expect(await screen.findByText("Jana Nováková may not log in")).toBeTruthy();
    expect(screen.queryByRole("tab")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Show what a login would see" }));
    expect(await tab(/Company tickets/)).toBeTruthy();
  });

  it("tells what the person reads at the closed door, and since when her access is over", async () => {
    const form = await formOf("u0");
    drawOnFake(pane({ id: "u0", draft: { ...form, status: "invalid", expires: "2020-01-31" } }));
    expect(await screen.findByText(/^“Login failed!/)).toBeTruthy();
    expect(screen.getByText("The last day of access was Jan 31, 2020.")).toBeTruthy();
  });

  it("warns where the last day is over and the login works all the same, as it is typed and as it is saved", async () => {
    const form = await formOf("u0");
    const warning = /^The last day of access was Jan 31, 2020\. The desk does not see to that/;
    const view = drawOnFake(pane({ id: "u0", draft: { ...form, expires: "2020-01-31" } }));
    expect(await screen.findByText(warning)).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
    view.redraw(pane({ id: "u0", draft: { ...form, expires: "2999-01-31" } }));
    await waitFor(() => expect(screen.queryByText(warning)).toBeNull());
    await view.fake.commands.saveUser({ id: "u1", version: "1", form: { ...(await formOf("u1")), expires: "2020-01-31", status: "valid" } }, null, null);
    view.redraw(pane({ id: "u1", draft: null }));
    expect(await screen.findByText(warning)).toBeTruthy();
  });

  it.each([
    ["elma365.portal.active", false, /^No page of the portal at all/],
    ["elma365.login.active", false, "What the login page says then is not documented."],
    ["elma365.login.invited", true, /^Not registered yet: the first way in is the invitation/],
  ] as const)("says for the rule %s what comes of it", async (rule, mayLogIn, words) => {
    const fake = createFake("sample", 0);
    const { preview, workspaceInfo } = fake.commands;
    fake.commands.preview = async (viewer) => {
      const answer = await preview(viewer);
      if (answer.status === "error") return answer;
      return { ...answer, data: { ...answer.data, may_log_in: mayLogIn, login_reason: { rule, text: "", standing: "D", facts: [], assumed: [] } } };
    };
    fake.commands.workspaceInfo = async () => {
      const answer = await workspaceInfo();
      return answer.status === "ok" && answer.data ? { ...answer, data: { ...answer.data, desk: "elma365" } } : answer;
    };
    drawOnFake(pane(saved), "sample", "light", "otobo", fake);
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it("names the settings that are missing and leads to them", async () => {
    const onSettings = vi.fn();
    drawOnFake(pane(saved, { onSettings }), "unknown");
    const panel = await screen.findByRole("region", { name: "Cannot be told" });
    expect(within(panel).getByText("CustomerGroupSupport")).toBeTruthy();
    expect(screen.queryByText("No tickets here")).toBeNull();
    fireEvent.click(within(panel).getByRole("button", { name: "Go to Settings" }));
    expect(onSettings).toHaveBeenCalledOnce();
  });

  it("shows hidden tickets as ghosts with the reason", async () => {
    drawOnFake(pane(saved));
    await tab(/Company tickets/);
    fireEvent.click(screen.getByRole("button", { name: "Show why" }));
    const ghosts = await screen.findAllByRole("listitem");
    expect(ghosts[0]?.dataset["ghost"]).toBe("true");
    expect(within(ghosts[0]!).getByText(/^No right on the queue's group · [a-z]+$/)).toBeTruthy();
  });

  it("shows a ticket's page with visible texts, and the others as ghosts", async () => {
    drawOnFake(pane(saved));
    for (const row of [0, 1, 2, 3]) {
      const rows = await screen.findAllByRole("listitem");
      fireEvent.click(within(rows[row]!).getAllByRole("button")[0]!);
      await screen.findByRole("list", { name: "Activities" });
      if (screen.queryByText(/not marked as visible/)) break;
      fireEvent.click(screen.getByRole("button", { name: "Back to the lists" }));
      await screen.findAllByRole("listitem");
    }
    expect(screen.getByText(/^The article is not marked as visible/)).toBeTruthy();
    expect(screen.getByText(/Thank you for your message/)).toBeTruthy();
    expect(screen.queryByText(/ask the supplier/)).toBeNull();
  });

  it("pages on while one scrolls", async () => {
    const { asked } = drawOnFake(pane(saved));
    await screen.findAllByRole("listitem");
    // The list is 600 px high here, so the first page is enough; the bottom asks for the next.
    expect(asked.filter((name) => name === "previewPage")).toHaveLength(1);
    const list = screen.getByRole("list", { name: "" }).parentElement!;
    Object.defineProperty(list, "scrollTop", { configurable: true, value: 3000, writable: true });
    act(() => void fireEvent.scroll(list));
    await waitFor(() => expect(asked.filter((name) => name === "previewPage").length).toBeGreaterThan(1));
  });

  it("says what failed and can ask again", async () => {
    drawOnFake(pane(saved), "error");
    expect((await screen.findAllByText(/cannot be read or written/)).length).toBeGreaterThan(0);
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("asks for nothing that writes, and imports nothing that could", async () => {
    const { asked } = drawOnFake(pane(saved));
    await screen.findAllByRole("listitem");
    fireEvent.click(screen.getByRole("radio", { name: "New ticket" }));
    await screen.findByText("Queue");
    expect([...new Set(asked)].sort()).toEqual(["getUser", "preview", "previewPage", "workspaceInfo"]);
    const folder = "src/features/preview";
    const files = readdirSync(folder).filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."));
    expect(files.length).toBeGreaterThan(10);
    const allowed = ["@/bridge/reads", "@/bridge/types", "@/bridge/error", "@/bridge/errorWords", "@/bridge/ruleText", "@/bridge/intentText", "@/bridge/deskWords", "@/bridge/ticketWords"];
    const foreign = files.flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]*(?:bridge|react-query|tauri)[^"]*)"/g)]
        .map((match) => match[1] ?? "")
        .filter((path) => !allowed.includes(path))
        .map((path) => `${name}: ${path}`),
    );
    expect(foreign).toEqual([]);
    for (const words of ["ruleText", "intentText", "ticketWords"]) expect(readFileSync(`src/bridge/${words}.ts`, "utf8")).not.toMatch(/import (?!type)/);
    const deskWords = [...readFileSync("src/bridge/deskWords.ts", "utf8").matchAll(/^import .* from "([^"]*)"/gm)].map((match) => match[1]);
    expect(deskWords).toEqual(["react", "@/words", "./reads"]);
    expect(readFileSync("src/bridge/reads.ts", "utf8")).not.toMatch(/useMutation|\.\/writes|api\.(save|put|set|undo|redo|import|export|settle|discard|create|open|close|cancel)/);
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s), as list, ghosts, page and refusal", async (scheme) => {
    const form = await formOf("u0");
    const view = drawOnFake(pane({ id: "u0", draft: { ...form, further_accounts: ["a1"] } }), "sample", scheme);
    await screen.findAllByRole("listitem");
    expect(await axeFindings()).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Show why" }));
    await screen.findAllByRole("listitem");
    expect(await axeFindings()).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Hide ghosts" }));
    fireEvent.click(within((await screen.findAllByRole("listitem"))[0]!).getAllByRole("button")[0]!);
    await screen.findByRole("list", { name: "Activities" });
    expect(await axeFindings()).toEqual([]);
    view.redraw(pane({ id: "u0", draft: { ...form, status: "invalid" } }));
    await screen.findByText(/may not log in/);
    expect(await axeFindings()).toEqual([]);
  });
});

async function hiddenTicket(): Promise<{ number: string; why: Why }> {
  const { commands } = createFake("sample", 0);
  const page = await commands.previewPage(saved, { list: "Hidden", tab: "all", after: null });
  if (page.status === "error") throw new Error(page.error.message);
  const number = page.data.rows[0]!.number;
  const why = await commands.why(saved, number);
  if (why.status === "error") throw new Error(why.error.message);
  return { number, why: why.data };
}

describe("why", () => {
  it("shows the tree with a verdict on every node, and what decides in its own light", async () => {
    const { number } = await hiddenTicket();
    drawOnFake(<WhyZone viewer={saved} number={number} onClose={nothing} />);
    const tree = await screen.findByRole("tree");
    const deciding = within(tree).getAllByRole("treeitem").filter((item) => item.getAttribute("aria-current") === "true");
    expect(deciding).toHaveLength(1);
    expect(within(deciding[0]!).getAllByRole("img", { name: "Blocked" }).length).toBeGreaterThan(0);
    expect(screen.getByText("Not listed")).toBeTruthy();
  });

  it("leaves only what decides on demand", async () => {
    const { number } = await hiddenTicket();
    drawOnFake(<WhyZone viewer={saved} number={number} onClose={nothing} />);
    const whole = within(await screen.findByRole("tree")).getAllByRole("treeitem").length;
    fireEvent.click(screen.getByRole("button", { name: "Only what decides" }));
    const items = within(screen.getByRole("tree")).getAllByRole("treeitem");
    expect(items.length).toBeLessThan(whole);
    expect(items.every((item) => within(item).queryByRole("img", { name: "Passed" }) === null)).toBe(true);
  });

  it("is walked with the arrows, and branches close and open", async () => {
    const { number } = await hiddenTicket();
    drawOnFake(<WhyZone viewer={saved} number={number} onClose={nothing} />);
    const tree = await screen.findByRole("tree");
    const items = within(tree).getAllByRole("treeitem");
    items[0]!.focus();
    fireEvent.keyDown(items[0]!, { key: "End" });
    const last = document.activeElement as HTMLElement;
    expect(last).toBe(items[items.length - 1]);
    fireEvent.keyDown(last, { key: "ArrowLeft" });
    const parent = document.activeElement as HTMLElement;
    expect(parent.getAttribute("aria-expanded")).toBe("true");
    fireEvent.keyDown(parent, { key: "ArrowLeft" });
    expect(parent.getAttribute("aria-expanded")).toBe("false");
    expect(within(tree).getAllByRole("treeitem").length).toBeLessThan(items.length);
    fireEvent.keyDown(parent, { key: "ArrowRight" });
    expect(within(tree).getAllByRole("treeitem")).toHaveLength(items.length);
  });

  it("goes back with Esc", async () => {
    const { number } = await hiddenTicket();
    const onClose = vi.fn();
    drawOnFake(<WhyZone viewer={saved} number={number} onClose={onClose} />);
    await screen.findByRole("tree");
    fireEvent.keyDown(screen.getByRole("button", { name: "Back to the form" }), { key: "Escape" });
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("speaks German where the catalogue does, and the rule's own text where it does not", async () => {
    const { number } = await hiddenTicket();
    act(() => setLanguage("de"));
    drawOnFake(<WhyZone viewer={saved} number={number} onClose={nothing} />);
    expect(await screen.findByText("Nicht in der Liste")).toBeTruthy();
    expect(screen.getByText("Die Gruppe ist mit der Person verknüpft.")).toBeTruthy();
    expect(screen.getByText("Archived or not makes no difference")).toBeTruthy();
    act(() => setLanguage("en"));
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    const { number } = await hiddenTicket();
    drawOnFake(<WhyZone viewer={saved} number={number} unsaved={1} onClose={nothing} />, "sample", scheme);
    await screen.findByRole("tree");
    expect(await axeFindings()).toEqual([]);
  });
});

describe("the question of a comment", () => {
  const rule = { rule: "daktela.comment.user", text: "The person may write and read external comments.", standing: "D", facts: [] as [string, string][], assumed: [] as string[] };
  const leaf: WhyNode = { id: rule.rule, text: rule.text, verdict: "blocked", standing: "D", source: "manual", kind: "fact", facts: [], children: [] };
  const reply: WhyNode = { ...leaf, id: "daktela.reply", text: "Tickets are read-only for external users: there is no reply, only external comments." };

  async function drawn(comment: boolean) {
    const { number, why } = await hiddenTicket();
    const trees = [
      ...why.trees.filter((tree) => tree.question !== "reply"),
      { question: "reply", answer: false, reason: { ...rule, rule: reply.id, text: reply.text }, tree: reply },
      ...(comment ? [{ question: "comment", answer: false, reason: rule, tree: leaf }] : []),
    ];
    const fake = createFake("sample", 0);
    fake.commands.why = async () => ({ status: "ok", data: { ...why, reply: false, trees } });
    drawOnFake(<WhyZone viewer={saved} number={number} onClose={nothing} />, "sample", "light", "daktela", fake);
    await screen.findByRole("tree");
  }
  const tabs = () => within(screen.getByRole("tablist", { name: "Questions" })).getAllByRole("tab").map((one) => one.textContent?.trim());

  it("is there where the desk has comments, with its tree, and is no list", async () => {
    await drawn(true);
    expect(tabs()).toEqual(["Listed", "Opened by number", "Reply", "Comment", "Log in"]);
    expect(screen.queryByRole("button", { name: /comment/i })).toBeNull();
    fireEvent.click(screen.getByRole("tab", { name: /Comment/ }));
    screen.getByText("May not comment");
    screen.getByText("The person may not have external comments");
    screen.getByText("The person may write and read external comments.");
  });

  it("is not there otherwise", async () => {
    await drawn(false);
    expect(tabs()).toEqual(["Listed", "Opened by number", "Reply", "Log in"]);
  });

  it("says by a rule why there is no reply at all", async () => {
    await drawn(false);
    fireEvent.click(screen.getByRole("tab", { name: /Reply/ }));
    screen.getByText("May not reply");
    expect(screen.getAllByText(/^Tickets are read-only for external users/)).toHaveLength(2);
    expect(screen.queryByText("Condition")).toBeNull();
    expect(screen.getAllByText("Documented").length).toBeGreaterThan(0);
  });
});

describe("the tree", () => {
  const leaf = (verdict: string, id = ""): WhyNode => ({ id, text: id, verdict, standing: "", source: "", kind: "fact", facts: [], children: [] });
  const node = (kind: string, verdict: string, ...children: WhyNode[]): WhyNode => ({ ...leaf(verdict), kind, children });

  it("counts leaves, and a verdict it does not know as unknown", () => {
    const counts = countVerdicts(node("all", "blocked", leaf("passed"), node("any", "blocked", leaf("blocked"), leaf("blocked")), leaf("skipped"), leaf("strange")));
    expect(counts).toEqual({ passed: 1, blocked: 2, skipped: 1, unknown: 1 });
  });

  it("under a negation what decides has the opposite verdict", () => {
    const kept = onlyDeciding(node("all", "blocked", node("not", "blocked", leaf("passed", "a")), leaf("passed", "b")));
    expect(kept.children.map((child) => child.children.map((inner) => inner.id))).toEqual([["a"]]);
  });

  it("finds the deciding rule by id and verdict, not by id alone", () => {
    const level = topLevel(node("all", "blocked", leaf("passed", "group"), node("any", "blocked", leaf("blocked", "group"))));
    expect(decidingPath(level, "group", "blocked")).toBe("0.1.0");
    expect(decidingPath(level, "", "blocked")).toBeNull();
  });
});

describe("the report to print", () => {
  const open = async () => {
    fireEvent.click(await screen.findByRole("button", { name: "Report to print" }));
    return screen.findByRole("dialog", { name: "Report to print" });
  };
  const cells = (dialog: HTMLElement) => within(dialog).getAllByRole("row").map((row) => row.textContent ?? "");

  it("names every ticket of every list with its reason, and prints once all were read", async () => {
    const print = vi.spyOn(globalThis, "print").mockImplementation(nothing);
    drawOnFake(pane(saved));
    const figures = async (name: RegExp) => figure(await tab(name));
    const count = (await figures(/My tickets/)) + (await figures(/Company tickets/));
    const dialog = await open();
    const button = within(dialog).getByRole("button", { name: "Print" });
    await waitFor(() => expect(button.hasAttribute("disabled")).toBe(false));
    const heads = within(dialog).getAllByRole("table").length;
    expect(cells(dialog).length - heads).toBe(count);
    expect(cells(dialog).filter((text) => text.includes("Listed, because")).length).toBe(heads);
    within(dialog).getByText(/^As saved/);
    expect(within(dialog).queryByText(/^What follows is what a login would show/)).toBeNull();
    within(dialog).getByText("May log in");
    fireEvent.click(button);
    expect(print).toHaveBeenCalledOnce();
    print.mockRestore();
  });

  it("says before all lists that nobody comes in who may not log in", async () => {
    const form = await formOf("u0");
    drawOnFake(pane({ id: "u0", draft: { ...form, status: "invalid" } }));
    await screen.findByText("Jana Nováková may not log in");
    const dialog = await open();
    expect(within(dialog).getByRole("heading", { level: 1 }).textContent).toBe("What Jana Nováková would see");
    within(dialog).getByText("May not log in");
    within(dialog).getByText(/^What follows is what a login would show/);
  });

  it("is of the draft where one is shown, and names what is hidden on demand", async () => {
    const form = await formOf("u0");
    drawOnFake(pane({ id: "u0", draft: { ...form, further_accounts: ["a1"] } }));
    await screen.findAllByText("+ after saving");
    const dialog = await open();
    within(dialog).getByText(/^With changes that are not saved/);
    await waitFor(() => expect(within(dialog).getAllByText("+ after saving").length).toBeGreaterThan(0));
    const before = within(dialog).getAllByRole("table").length;
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Also what is hidden, with the reason" }));
    await waitFor(() => expect(within(dialog).getAllByRole("table").length).toBe(before + 1));
    expect(within(dialog).getByRole("columnheader", { name: "Not listed, because" })).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });
});
