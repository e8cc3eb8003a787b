import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { createFake } from "@/bridge/fake";
import type { ActivityView, TicketView, Viewer } from "@/bridge/types";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { TicketPage } from "./TicketPage";

const viewer: Viewer = { id: "u0", draft: null };
const nothing = () => undefined;

function said(position: number, more: Partial<ActivityView>): ActivityView {
  const reason = { rule: "daktela.activity.email", text: "E-mails are shown in full.", standing: "D", facts: [] as [string, string][], assumed: [] as string[] };
  return {
    position,
    shown: true,
    simplified: false,
    reason,
    assumed: [],
    channel: "EMAIL",
    sender: "agent",
    from: "",
    subject: "",
    body: null,
    created: "2026-03-02T08:00:00Z",
    ...more,
  };
}

const by = (rule: string, standing = "D") => ({ rule, text: `text of ${rule}`, standing, facts: [] as [string, string][], assumed: [] as string[] });

const email = said(1, { from: "Ida Holm", subject: "Your order", body: "It is on its way." });
const call = said(2, { channel: "CALL", simplified: true, reason: by("daktela.activity.simplified") });
const internal = said(3, { channel: "COMMENT", shown: false, reason: by("daktela.activity.comment.marked") });
const external = said(4, { channel: "COMMENT", shown: false, reason: by("daktela.activity.comment.user") });

/** Draws the page of a ticket on which this was said. */
async function draw(activities: ActivityView[], more: Partial<TicketView> = {}, scheme: "light" | "dark" = "light") {
  const fake = createFake("sample", 0, "daktela");
  const view: TicketView = {
    number: "7",
    title: "Two pallets are missing",
    openable: true,
    listed: true,
    may_reply: false,
    assumed_in: [],
    has_comments: true,
    may_comment: false,
    attributes: [],
    created: "2026-03-02T08:00:00Z",
    activities,
    reply_states: [],
    reply_preset: "",
    as_of: null,
    ...more,
  };
  fake.commands.previewTicket = async () => ({ status: "ok", data: view });
  drawOnFake(<TicketPage viewer={viewer} number="7" onBack={nothing} onWhy={nothing} />, "sample", scheme, "daktela", fake);
  const list = await screen.findByRole("list", { name: /Activities|Vorgänge/ });
  return within(list).queryAllByRole("listitem");
}

afterEach(() => act(() => setLanguage("en")));

describe("the boxes of a ticket's page", () => {
  it("bear the mark of an assumed rule that decided about them, and no other does", async () => {
    const marks = () => screen.queryAllByText("Assumed").map((mark) => mark.parentElement?.textContent ?? "");
    await draw([email], { may_comment: true, may_reply: true, reply_states: ["Closed"], assumed_in: ["may_reply", "reply_states"] });
    expect(marks().map((text) => text.replace("Assumed", "").trim())).toEqual(["Reply", "States offered"]);
  });

  it("bear it where there is none because of such a rule", async () => {
    await draw([email], { assumed_in: ["may_comment"] });
    expect(screen.getAllByText("Assumed").length).toBe(1);
  });
});

describe("what was said on a ticket", () => {
  it("is shown in full with who wrote it, or simplified without", async () => {
    const [first, second] = await draw([email, call]);
    within(first!).getByText("Ida Holm");
    within(first!).getByText("Your order");
    within(first!).getByText("It is on its way.");
    within(second!).getByText("Simplified");
    within(second!).getByText("The portal shows kind, time and direction only.");
    within(second!).getByText(/^Agent · Call · /);
    expect(within(second!).queryByText("The text was not imported.")).toBeNull();
    expect([first, second].map((line) => line!.dataset["ghost"])).toEqual([undefined, undefined]);
  });

  it("stands below attributes in the words of the desk, and a way that nobody knows as it is", async () => {
    const [only] = await draw([said(1, { channel: "PIGEON" })], { attributes: [["queue", "Complaints"], ["followers", "Ada"], ["odd", ""]] });
    await screen.findByText("Category");
    expect(screen.getAllByRole("term").map((term) => term.textContent)).toEqual(["Category", "Followers", "odd", "Created"]);
    within(only!).getByText(/ · PIGEON · /);
    cleanup();
    act(() => setLanguage("de"));
    const [german] = await draw([call], { attributes: [["queue", "Complaints"]] });
    await screen.findByText("Kategorie");
    within(german!).getByText(/^Agent · Anruf · /);
  });

  it("is a ghost with the rule that hides it and how sure that is", async () => {
    const [first, second, third] = await draw([
      internal,
      external,
      said(5, { shown: false, reason: by("innosoft.activity", "A"), assumed: ["innosoft.activity"] }),
    ]);
    within(first!).getByText("Activity 3 is not shown");
    within(first!).getByText(/^An internal comment: it is not marked as external/);
    within(second!).getByText(/^An external comment, but the person may not have external comments/);
    within(second!).getByText("Documented");
    within(third!).getByText(/^The activity is not marked as visible for the customer/);
    within(third!).getByText("Assumed");
    expect([first, second, third].every((line) => line!.dataset["ghost"] === "true")).toBe(true);
  });

  it("says in German what hides it", async () => {
    act(() => setLanguage("de"));
    const [first] = await draw([external]);
    within(first!).getByText("Vorgang 4 wird nicht gezeigt");
    within(first!).getByText(/^Ein externer Kommentar, aber die Person darf keine externen Kommentare haben/);
  });

  it("is hidden with the page, and says why that is shut", async () => {
    const [first] = await draw([said(1, { shown: false, reason: by("daktela.contact") })], { openable: false, listed: false });
    within(first!).getByText("Activity 1 is not shown");
    within(first!).getByText(/^The ticket's page cannot be opened\. The ticket's contact is not paired with the person/);
  });

  it("cannot be told where the page cannot, but for what is hidden anyway", async () => {
    const [first, second] = await draw([said(1, { shown: null, reason: by("otobo.openable", "M") }), internal], { openable: null, may_reply: null });
    within(first!).getByText("Whether activity 1 is shown cannot be told");
    within(first!).getByRole("img", { name: "Unknown" });
    within(first!).getByText(/^Whether the ticket's page can be opened cannot be told\. It hangs on this rule: /);
    expect(within(first!).queryByText(/is not shown/)).toBeNull();
    within(second!).getByText("Activity 3 is not shown");
    within(second!).getByText(/^An internal comment: it is not marked as external/);
  });

  it("cannot be told by a rule of its own either, without a word about the page", async () => {
    const [first] = await draw([said(1, { shown: null, reason: by("some.rule") })]);
    within(first!).getByText("Whether activity 1 is shown cannot be told");
    within(first!).getByText(/^It hangs on this rule: text of some\.rule/);
    expect(within(first!).queryByText(/page/)).toBeNull();
  });

  it("says so where a desk has no rule about it", async () => {
    const [first] = await draw([said(1, { shown: false, reason: { rule: "", text: "", standing: "", facts: [], assumed: [] } })]);
    within(first!).getByText("No rule of the desk shows it.");
  });

  it("bears the mark of an assumed rule where it is shown by one", async () => {
    const [first, second] = await draw([said(9, { from: "Ida Holm", assumed: ["elma365.activity"], reason: by("elma365.activity", "A") }), email]);
    within(first!).getByText("Assumed");
    expect(within(second!).queryByText("Assumed")).toBeNull();
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    await draw([email, call, internal, external, said(5, { shown: null, reason: by("some.rule") })], { may_comment: true }, scheme);
    expect(await axeFindings()).toEqual([]);
  });
});

describe("the box for an external comment", () => {
  it("is there where one may be written, and cannot be written in", async () => {
    await draw([email], { may_comment: true });
    const box = within(screen.getByRole("region", { name: "External comment" })).getByRole("textbox", { name: "Text of the comment" });
    expect(box.hasAttribute("disabled")).toBe(true);
  });

  it("is not there where none may be written, and “Why?” can say why", async () => {
    await draw([email], { may_comment: false });
    screen.getByText("No external comment from here. “Why?” says what stands against it.");
    screen.getByText("No reply from here. “Why?” says what stands against it.");
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.queryByRole("region", { name: "External comment" })).toBeNull();
  });

  it("is nothing to speak of on a desk without external comments", async () => {
    await draw([email], { has_comments: false, may_comment: false });
    expect(screen.queryByText(/comment/i)).toBeNull();
  });

  it("is not there, and says so, where it cannot be told", async () => {
    await draw([email], { may_comment: null });
    screen.getByText("Whether a comment is possible cannot be told.");
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
