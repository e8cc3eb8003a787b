import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake } from "../../../test/withFake";
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
