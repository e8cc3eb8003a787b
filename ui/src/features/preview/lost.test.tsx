import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { createFake } from "@/bridge/fake";
import type { UserForm } from "@/bridge/types";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { PreviewPane } from "./PreviewPane";

const nothing = () => undefined;
const pane = (draft: UserForm | null) => <PreviewPane viewer={{ id: "u0", draft }} onWhy={nothing} onSettings={nothing} />;
const rows = () => [...document.querySelectorAll<HTMLElement>("[data-index]")];

/** A draft that takes all of the person's own groups. */
async function withoutGroups(): Promise<UserForm> {
  const answer = await createFake("sample", 0).commands.getUser("u0");
  if (answer.status === "error") throw new Error(answer.error.message);
  return { ...answer.data.form, groups: [] };
}

afterEach(() => setLanguage("en"));

describe("what a draft would take away", () => {
  it("stays in its place in the list, marked, with the reason why it goes", async () => {
    drawOnFake(pane(await withoutGroups()));
    fireEvent.click(await screen.findByRole("tab", { name: /Company tickets/ }));
    await screen.findAllByText("− after saving");
    const lost = rows().filter((row) => row.dataset["lost"]);
    expect(lost.length).toBeGreaterThan(0);
    for (const row of lost) {
      expect(row.dataset["ghost"]).toBe("true");
      expect(within(row).getByText(/^No right on the queue's group/)).toBeTruthy();
      expect(within(row).getByRole("img", { name: "Not listed, because" })).toBeTruthy();
    }
    expect(rows().some((row) => !row.dataset["lost"])).toBe(true);
    expect(await axeFindings()).toEqual([]);
  });

  it("can be shown alone, and is gone in the saved state", async () => {
    drawOnFake(pane(await withoutGroups()));
    fireEvent.click(await screen.findByRole("tab", { name: /Company tickets/ }));
    const only = await screen.findByRole("button", { name: /^Only changes \(\d+\)$/ });
    const all = Number(/\d+/.exec(only.textContent ?? "")?.[0]);
    fireEvent.click(only);
    await waitFor(() => expect(rows().length > 0 && rows().every((row) => row.dataset["lost"] ?? row.dataset["gained"])).toBe(true));
    expect(rows().length).toBeLessThanOrEqual(all);
    expect(only.getAttribute("aria-pressed")).toBe("true");
    fireEvent.click(screen.getByRole("radio", { name: "Saved" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Only changes/ })).toBeNull());
    await waitFor(() => expect(rows().length > 0 && rows().every((row) => !row.dataset["lost"])).toBe(true));
    expect(screen.queryByText("− after saving")).toBeNull();
  });

  it("is marked in the report, in German too", async () => {
    setLanguage("de");
    drawOnFake(pane(await withoutGroups()), "sample", "dark");
    await screen.findByRole("tab", { name: /Firmentickets/ });
    fireEvent.click(screen.getByRole("button", { name: "Bericht zum Drucken" }));
    const report = await screen.findByRole("dialog");
    expect((await within(report).findAllByText("− nach Speichern")).length).toBeGreaterThan(0);
  });
});
