import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { ImportScreen } from "./ImportScreen";

const nothing = () => undefined;
const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>("button", { name });
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label, { selector: "input" }), { target: { value } });

async function open(address: string) {
  const fake = createFake("sample", 0, "zoho");
  const imported = vi.spyOn(fake.commands, "importDesk");
  const drawn = drawOnFake(<ImportScreen onUsers={nothing} onSettings={nothing} onReview={nothing} />, "sample", "light", "zoho", fake);
  fireEvent.click(await screen.findByRole("button", { name: "Interface…" }));
  type("Address", address);
  type("Token", "s3cret");
  return { ...drawn, imported };
}

describe("the interface as a source", () => {
  beforeEach(() => localStorage.clear());

  it("says what it takes, is rehearsed and imported, and keeps no token", async () => {
    const { imported, container } = await open("https://desk.zoho.com?orgId=1");
    fireEvent.click(button("What will it take?"));
    expect(await screen.findByText("Reading takes 27 requests:")).toBeTruthy();
    expect(screen.getByText("contacts 312 at the last import, 4 requests")).toBeTruthy();
    expect(screen.getByText("departments, nothing says how many requests")).toBeTruthy();
    expect(await axeFindings(container)).toEqual([]);
    fireEvent.click(button("Rehearse"));
    expect(await screen.findByText("Rehearsed")).toBeTruthy();
    const [input, , login] = imported.mock.calls[0] ?? [];
    expect(input).toMatchObject({ path: "https://desk.zoho.com?orgId=1", database: null, dry_run: true });
    expect(login).toEqual({ password: "s3cret", keep: false });
    const kept = JSON.stringify({ ...localStorage });
    expect(kept).toContain("desk.zoho.com");
    expect(kept).not.toContain("s3cret");
  });

  it("forgets what it said of another address, and takes none that is no address", async () => {
    await open("https://desk.zoho.com");
    fireEvent.click(button("What will it take?"));
    await screen.findByText("Reading takes 27 requests:");
    type("Address", "desk.zoho.com");
    await waitFor(() => expect(screen.queryByText("Reading takes 27 requests:")).toBeNull());
    expect(button("Rehearse").disabled && button("What will it take?").disabled).toBe(true);
    expect(screen.getByText("Say where the interface is first.")).toBeTruthy();
  });

  it("says what stands against it", async () => {
    await open("https://nowhere.example");
    fireEvent.click(button("What will it take?"));
    expect(await screen.findByText("The server cannot be reached.")).toBeTruthy();
    expect(screen.getByText(/nowhere\.example: no such name/)).toBeTruthy();
  });

  it("is offered only where the desk has one that is read", async () => {
    drawOnFake(<ImportScreen onUsers={nothing} onSettings={nothing} onReview={nothing} />, "sample", "light", "otobo");
    expect(await screen.findByRole("button", { name: "Folder…" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Interface…" })).toBeNull();
  });
});
