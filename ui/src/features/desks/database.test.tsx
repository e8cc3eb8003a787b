import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { ImportScreen } from "./ImportScreen";

const nothing = () => undefined;
const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>("button", { name });
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label, { selector: "input" }), { target: { value } });

async function connect(values: { host?: string; password?: string; database?: string } = {}) {
  const fake = createFake("sample", 0, "otobo");
  const imported = vi.spyOn(fake.commands, "importDesk");
  const drawn = drawOnFake(<ImportScreen onUsers={nothing} onSettings={nothing} onReview={nothing} />, "sample", "light", "otobo", fake);
  fireEvent.click(await screen.findByRole("button", { name: "Database…" }));
  type("Server", values.host ?? "db.example");
  type("Database", values.database ?? "desk");
  type("Login", "reader");
  type("Password", values.password ?? "s3cret");
  return { ...drawn, imported };
}

describe("the database as a source", () => {
  beforeEach(() => localStorage.clear());

  it("is tried out, rehearsed and imported", async () => {
    const { imported, container } = await connect();
    fireEvent.click(button("Test the connection"));
    expect(await screen.findByText("OTOBO on PostgreSQL 15.8")).toBeTruthy();
    expect(screen.getByText(/312 people, 1,840 tickets/)).toBeTruthy();
    expect(await axeFindings(container)).toEqual([]);
    fireEvent.click(button("Rehearse"));
    expect(await screen.findByText("Rehearsed")).toBeTruthy();
    const [input, , login] = imported.mock.calls[0] ?? [];
    expect(input).toMatchObject({ path: "postgres://reader@db.example/desk", database: null, dry_run: true });
    expect(login).toEqual({ password: "s3cret", keep: false });
    // The place is remembered for the next time, what opens it is not.
    const kept = JSON.stringify({ ...localStorage });
    expect(kept).toContain("db.example");
    expect(kept).not.toContain("s3cret");
  });

  it.each([
    [{ password: "wrong" }, "Login and password do not open it."],
    [{ host: "nowhere.example" }, "The server cannot be reached."],
    [{ host: "plain.example" }, "The server speaks no TLS."],
    [{ database: "other" }, "This is not the desk’s database."],
  ])("says in words what stands against it: %o", async (values, words) => {
    await connect(values);
    fireEvent.click(button("Test the connection"));
    expect(await screen.findByText(words)).toBeTruthy();
    fireEvent.click(button("Rehearse"));
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain(words));
  });

  it("is offered only where the desk has one", async () => {
    drawOnFake(<ImportScreen onUsers={nothing} onSettings={nothing} onReview={nothing} />, "sample", "light", "zoho");
    expect(await screen.findByRole("button", { name: "Folder…" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Database…" })).toBeNull();
  });
});
