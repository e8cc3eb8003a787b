import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Backend } from "@/bridge/client";
import { createFake } from "@/bridge/fake";
import type { Colleague, PortalMachine, Preview, Viewer } from "@/bridge/types";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { PreviewPane } from "./PreviewPane";

const viewer: Viewer = { id: "u0", draft: null };
const pane = <PreviewPane viewer={viewer} onWhy={() => undefined} />;

/** The fake with other people and machines beside the person. */
function withHome(home: Partial<Preview>, change: (commands: Backend["commands"]) => Partial<Backend["commands"]> = () => ({})): ReturnType<typeof createFake> {
  const fake = createFake("sample", 0);
  const { commands } = fake;
  const preview: typeof commands.preview = async (of) => {
    const answer = await commands.preview(of);
    return answer.status === "ok" ? { ...answer, data: { ...answer.data, ...home } } : answer;
  };
  return { ...fake, commands: { ...commands, preview, ...change(commands) } };
}

async function home(fake: ReturnType<typeof createFake>) {
  const view = drawOnFake(pane, "sample", "light", "otobo", fake);
  fireEvent.click(await screen.findByRole("radio", { name: "Home" }));
  return { ...view, home: await screen.findByRole("region", { name: "Home" }) };
}

describe("other people in the portal", () => {
  const colleagues: Colleague[] = [
    { id: "u1", login: "first", name: "First One" },
    { id: "u2", login: "second", name: "" },
  ];

  it("are opened with their settings, to read, and the reason why they are shown", async () => {
    const { home: region, asked } = await home(withHome({ colleagues }));
    const line = within(region).getByRole("button", { name: "First One", expanded: false });
    expect(within(region).getByRole("button", { name: "second" })).toBeTruthy();
    fireEvent.click(line);
    const settings = await within(region).findByLabelText("Settings, to read");
    expect(within(region).getByText(/common contacts/)).toBeTruthy();
    const told = [...settings.querySelectorAll("dt")].map((term) => [term.textContent, term.nextElementSibling?.textContent]);
    expect(told.map(([name]) => name)).toContain("Login");
    expect(told.find(([name]) => /ccount tickets/.test(name ?? ""))?.[1]).toMatch(/^(on|off)$/);
    // Nothing in it can be changed, and nothing that writes was asked.
    expect(region.querySelectorAll("input, select, textarea, [contenteditable]")).toHaveLength(0);
    expect([...new Set(asked)].sort()).toEqual(["getUser", "preview", "previewColleague", "previewPage", "workspaceInfo"]);
    expect(await axeFindings(region)).toEqual([]);
    fireEvent.click(within(region).getByRole("button", { name: "First One", expanded: true }));
    expect(within(region).queryByLabelText("Settings, to read")).toBeNull();
  });

  it("who cannot be opened any more say why", async () => {
    const { home: region } = await home(withHome({ colleagues: [{ id: "gone", login: "gone", name: "Gone" }] }));
    fireEvent.click(within(region).getByRole("button", { name: "Gone" }));
    await waitFor(() => expect(region.textContent).toMatch(/no longer there|not there|gone/i));
  });
});

describe("very many of them", () => {
  const many = Array.from({ length: 450 }, (_, index) => `n${String(index)}`);

  it("are all reached, two hundred at a time", async () => {
    const machines = many.map((name): PortalMachine => ({ id: name, number: name, name }));
    const { home: region } = await home(withHome({ colleagues: many.map((name) => ({ id: name, login: name, name })), machines }));
    const counts = () => region.querySelectorAll("li").length;
    const before = counts();
    expect(within(region).getAllByText(/and 250 more/)).toHaveLength(2);
    for (const [step, figure] of [[200, "200"], [50, "50"]] as const) {
      fireEvent.click(within(region).getAllByRole("button", { name: `show the next ${figure}` })[0]!);
      expect(counts()).toBe(before + (step === 200 ? 200 : 250));
    }
    expect(within(region).getByRole("button", { name: "n449" })).toBeTruthy();
    expect(within(region).getAllByText(/and 250 more/)).toHaveLength(1);
  });
});
