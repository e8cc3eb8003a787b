import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useWorkspace } from "@/bridge/reads";
import { DesksScreen } from "@/features/compare/DesksScreen";
import type { Eyes } from "@/features/compare/PersonElsewhere";
import { PreviewPane } from "@/features/preview/PreviewPane";
import { WhyZone } from "@/features/preview/WhyZone";
import { axeFindings, drawOnFake } from "./withFake";

const eyes: Eyes = {
  preview: (viewer, why, onWhy) => <PreviewPane viewer={viewer} rules="Zoho Desk" whyNumber={why} onWhy={onWhy} />,
  why: (viewer, number, onClose) => <WhyZone viewer={viewer} number={number} onClose={onClose} />,
};

function Drawn() {
  const info = useWorkspace().data;
  return info ? <DesksScreen info={info} eyes={eyes} /> : null;
}

describe("the same people by the rules of another desk", () => {
  it("says what does not translate first, and counts it after comparing", async () => {
    const { asked } = drawOnFake(<Drawn />);
    const statements = await screen.findByRole("region", { name: "What becomes of what" });
    const headings = () => within(statements).getAllByRole("heading", { level: 3 }).map((one) => one.textContent);
    await waitFor(() => expect(headings()).toEqual(["Somebody may see more", "Somebody may see less", "Left out", "Means the same"]));
    expect(within(statements).queryByTitle(/^About /)).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Compare" }));
    await waitFor(() => expect(within(statements).getAllByTitle(/^About /).length).toBeGreaterThan(0));
    const people = screen.getByRole("table", { name: "Those for whom it means most" });
    expect(within(people).getAllByText(/^\+\d/).length).toBeGreaterThan(0);
    expect(asked.filter((name) => name === "compareDesks")).toHaveLength(1);
    expect(await axeFindings(document.body)).toEqual([]);
  });

  it("shows one person there: what does not translate, what she gains, why, and a portal that can only be read", async () => {
    const { asked } = drawOnFake(<Drawn />);
    fireEvent.click(await screen.findByRole("button", { name: "Compare" }));
    const people = await screen.findByRole("table", { name: "Those for whom it means most" });
    fireEvent.click(within(people).getAllByRole("button", { name: /would see there$/ })[0] as HTMLElement);
    const drawer = await screen.findByRole("dialog", { name: /by the rules of Daktela$/ });
    const told = await within(drawer).findByRole("region", { name: "What becomes of hers" });
    expect(within(told).getAllByRole("heading", { level: 3 }).map((one) => one.textContent)).toContain("Somebody may see more");
    const portal = await within(drawer).findByRole("region", { name: "Preview" });
    await within(portal).findByText("Zoho Desk rules");
    expect(within(portal).queryByRole("button", { name: "Portal settings" })).toBeNull();
    expect(asked.filter((name) => name === "personElsewhere")).toHaveLength(1);
    expect(await axeFindings()).toEqual([]);
    fireEvent.click(within(drawer).getAllByTitle("Why, by the other desk’s rules")[0] as HTMLElement);
    const back = await within(drawer).findByRole("button", { name: /back/i });
    fireEvent.click(back);
    await within(drawer).findByRole("region", { name: "What becomes of hers" });
    expect(asked.filter((name) => /^(save|put|set|undo)/.test(name))).toEqual([]);
  });

  it("forgets the answer of one desk when another is chosen", async () => {
    drawOnFake(<Drawn />);
    fireEvent.click(await screen.findByRole("button", { name: "Compare" }));
    await screen.findByRole("table", { name: "Those for whom it means most" });
    fireEvent.click(screen.getByRole("radio", { name: "Zoho Desk" }));
    expect(screen.queryByRole("table", { name: "Those for whom it means most" })).toBeNull();
    expect(await screen.findByText("Each external user becomes a contact who is an end user of the portal.")).toBeTruthy();
  });

  it("keeps the workspace where one says, and writes nothing where one thinks better of it", async () => {
    const prompt = vi.fn<() => string | null>(() => null);
    vi.stubGlobal("prompt", prompt);
    const { asked } = drawOnFake(<Drawn />);
    const keep = await screen.findByRole("button", { name: "Keep as a workspace…" });
    fireEvent.click(keep);
    await waitFor(() => expect(prompt).toHaveBeenCalledTimes(1));
    expect(asked).not.toContain("translateWorkspace");
    prompt.mockReturnValue("/home/demo/there.portico");
    fireEvent.click(keep);
    await waitFor(() => expect(asked).toContain("translateWorkspace"));
    vi.unstubAllGlobals();
  });

  it("says what went wrong", async () => {
    drawOnFake(<Drawn />, "error");
    fireEvent.click(await screen.findByRole("button", { name: "Compare" }));
    const result = screen.getByRole("region", { name: "Who would see more or less" });
    expect((await within(result).findByRole("alert")).textContent).toContain("cannot be read or written");
  });
});
