import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import { drawOnFake } from "../../../test/withFake";
import { ExportsScreen } from "@/features/exports/ExportsScreen";
import { ReviewScreen } from "./ReviewScreen";

async function ask(database = "desk") {
  const fake = createFake("sample", 0, "otobo");
  const applied = vi.spyOn(fake.commands, "applyDesk");
  const verified = vi.spyOn(fake.commands, "verifyExport");
  drawOnFake(<ReviewScreen />, "sample", "light", "otobo", fake);
  fireEvent.click(await screen.findByRole("button", { name: "Apply…" }));
  const dialog = await screen.findByRole("dialog", { name: /Apply to the desk/ });
  const type = (label: string, value: string) => fireEvent.change(within(dialog).getByLabelText(label, { selector: "input" }), { target: { value } });
  type("Server", "db.example");
  type("Database", database);
  type("Login", "writer");
  type("Password", "s3cret");
  return { dialog, applied, verified, fake };
}

describe("applying to the desk's database", () => {
  beforeEach(() => localStorage.clear());

  it("asks with the number of changes and the server, then says what is left to do", async () => {
    const { dialog, applied, verified } = await ask();
    fireEvent.click(within(dialog).getByRole("button", { name: /^Apply \d+ changes$/ }));
    const sure = await screen.findByRole("dialog", { name: /^Apply \d+ changes to desk on db\.example\?$/ });
    expect(applied).not.toHaveBeenCalled();
    fireEvent.click(within(sure).getByRole("button", { name: /^Apply \d+ changes$/ }));
    expect(await screen.findByText(/changes applied to desk on db\.example:5432$/)).toBeTruthy();
    expect(screen.getByText("bin/otobo.Console.pl Maint::Cache::Delete")).toBeTruthy();
    const [input, , login] = applied.mock.calls[0] ?? [];
    expect(input).toMatchObject({ to: "postgres://writer@db.example/desk", dry_run: false, initial: null });
    expect(input?.agreed).toBeTruthy();
    expect(login?.password).toBe("s3cret");
    // One click, over the same connection, says that it is there.
    const tell = screen.getByRole("button", { name: "Verify now" });
    fireEvent.click(tell);
    expect(await screen.findByText(/^\d+ operations, and the desk has all of them\. What the desk has is pending no more\.$/)).toBeTruthy();
    expect(verified.mock.calls[0]?.[0]).toMatchObject({ path: "postgres://writer@db.example/desk" });
    expect(verified.mock.calls[0]?.[2]).toEqual(login);
    expect(screen.getByRole("link", { name: "Exports" }).getAttribute("href")).toMatch(/^#\/exports\?id=/);
  });

  it("rehearses without asking, and takes it back", async () => {
    const { dialog, applied } = await ask();
    fireEvent.click(within(dialog).getByRole("button", { name: "Rehearse" }));
    expect(await screen.findByText(/^Rehearsed: \d+ changes would be applied/)).toBeTruthy();
    expect(screen.getByText("All of it was taken back: nothing is changed.")).toBeTruthy();
    expect(applied.mock.calls[0]?.[0].dry_run).toBe(true);
  });

  it("says which value somebody changed meanwhile", async () => {
    const { dialog } = await ask("drifted");
    fireEvent.click(within(dialog).getByRole("button", { name: "Rehearse" }));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Nothing was changed");
    expect(alert.textContent).toMatch(/is “somebody else's” there; .* was expected/);
    expect(within(alert).getByRole("link", { name: "Import" })).toBeTruthy();
  });
});

describe("a connection that breaks at the very end", () => {
  beforeEach(() => localStorage.clear());

  it("is told here and in the ledger, until a verification has found out", async () => {
    const { dialog, fake } = await ask("unsure");
    fireEvent.click(within(dialog).getByRole("button", { name: /^Apply \d+ changes$/ }));
    fireEvent.click(within(await screen.findByRole("dialog", { name: /unsure on db\.example\?$/ })).getByRole("button", { name: /^Apply \d+ changes$/ }));
    expect((await screen.findByRole("alert")).textContent).toMatch(/is not known\. Verify the export under Exports, or apply them again/);
    drawOnFake(<ExportsScreen id={null} onPick={() => undefined} />, "sample", "light", "otobo", fake);
    expect(await screen.findByText(/^Whether \d+ operations arrived is not known/)).toBeTruthy();
    expect(screen.getByText(/outcome not known$/)).toBeTruthy();
  });
});
