import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { ImportScreen } from "./ImportScreen";

const nothing = () => undefined;
const screenOf = (more: Partial<Parameters<typeof ImportScreen>[0]> = {}) => <ImportScreen onUsers={nothing} onSettings={nothing} onReview={nothing} {...more} />;
const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>("button", { name });

async function chooseSource(path: string) {
  vi.spyOn(window, "prompt").mockReturnValue(path);
  fireEvent.click(await screen.findByRole("button", { name: /^Folder/ }));
  await screen.findByText(path);
}

describe("the import", () => {
  it("demands the source and the database before anything is read", async () => {
    drawOnFake(screenOf(), "unknown");
    await screen.findByText("Choose a source first.");
    expect(button("Rehearse").disabled).toBe(true);
    await chooseSource("/home/marta/dump");
    expect(screen.getByText("Choose the database first.")).toBeTruthy();
    expect(button("Rehearse").disabled).toBe(true);
    fireEvent.click(screen.getByRole("radio", { name: "PostgreSQL" }));
    expect(button("Rehearse").disabled).toBe(false);
  });

  it("rehearses first, then imports, and leads on", async () => {
    const onUsers = vi.fn();
    const { asked } = drawOnFake(screenOf({ onUsers }));
    await chooseSource("/home/marta/dump");
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    fireEvent.click(button("Rehearse"));
    expect(await screen.findByText("Rehearsed")).toBeTruthy();
    const row = screen.getByRole("row", { name: /External users/ });
    expect(within(row).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["3", "7", "1"]);
    expect(screen.getByText("customer_user.csv · line 41 · customer_id")).toBeTruthy();
    // What the desk has and its own form would not take: counted, with the first few.
    expect(screen.getByText("External user · E-mail: This is no e-mail address.")).toBeTruthy();
    expect(screen.getByText("12 · a.kral, b.maly, c.novy, d.horak, e.vesela …")).toBeTruthy();
    const effect = screen.getByRole("region", { name: "Effect on people" });
    expect(within(effect).getByText(/^2 people gain 29 tickets/)).toBeTruthy();
    expect(within(effect).getByText(/Petr Král/).closest("li")?.textContent).toContain("−4");
    fireEvent.click(button("Import"));
    expect(await screen.findByText("Imported")).toBeTruthy();
    expect(asked.filter((name) => name === "importDesk")).toHaveLength(2);
    // What was done is no question any more.
    expect(screen.queryByRole("region", { name: "Effect on people" })).toBeNull();
    fireEvent.click(button("To the people"));
    expect(onUsers).toHaveBeenCalledOnce();
  });

  it("lists all problems of a bad source and offers no import", async () => {
    drawOnFake(screenOf());
    await chooseSource("/home/marta/broken");
    fireEvent.click(button("Rehearse"));
    const alert = await screen.findByRole("alert");
    expect(within(alert).getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "customer_user.csv, line 14, column login: the login jana.novakova stands twice (first in line 3)",
      "ticket.csv: the column customer_user_id is missing",
      "queue.csv, line 6, column name: this is not UTF-8",
    ]);
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
  });

  it("shows counts while it runs, and stops when asked", async () => {
    const { asked } = drawOnFake(screenOf(), "stuck");
    await chooseSource("/home/marta/dump");
    fireEvent.click(button("Rehearse"));
    fireEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByText("Cancelled.")).toBeTruthy();
    expect(asked).toContain("cancelJob");
  });

  it("shows the dump script of the database that was chosen", async () => {
    drawOnFake(screenOf(), "unknown");
    fireEvent.click(await screen.findByRole("button", { name: "Show the dump script" }));
    expect(screen.queryByText(/mysql otobo/)).toBeNull();
    fireEvent.click(screen.getByRole("radio", { name: "MySQL / MariaDB" }));
    expect(await screen.findByText(/mysql otobo --batch/)).toBeTruthy();
    await waitFor(() => expect(screen.getByRole("button", { name: "Copy" })).toBeTruthy());
  });

  it("names the files it looks for where a desk is read from lists, and asks for no database", async () => {
    const { asked } = drawOnFake(screenOf(), "sample", "light", "zoho");
    const table = await screen.findByRole("table", { name: "Files it looks for" });
    expect(within(table).getByRole("row", { name: /Who sees the account's tickets/ }).textContent).toContain("accounts/{id}/contacts.json");
    expect(screen.getByText(/\{id\} is the number of the record/)).toBeTruthy();
    expect(screen.queryByRole("radiogroup", { name: "Database" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Show the dump script" })).toBeNull();
    await chooseSource("/home/marta/zoho");
    fireEvent.click(button("Rehearse"));
    expect(await screen.findByText("Rehearsed")).toBeTruthy();
    expect(asked).toContain("importDesk");
    expect(await axeFindings()).toEqual([]);
  });

  it("names the tables it takes where a desk has no interface, and asks for nothing that tables do not tell", async () => {
    drawOnFake(screenOf(), "sample", "light", "innosoft");
    const table = await screen.findByRole("table", { name: "Files it looks for" });
    expect(within(table).getByRole("row", { name: /Machines/ }).textContent).toContain("machines.csv");
    expect(screen.getByText(/what each was taken for \(assumed\)/)).toBeTruthy();
    expect(screen.queryByText("Texts")).toBeNull();
    await chooseSource("/home/marta/innosoft");
    fireEvent.click(button("Rehearse"));
    expect(await screen.findByText("Rehearsed")).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });

  it("says which lists no interface gives", async () => {
    drawOnFake(screenOf(), "sample", "dark", "elma365");
    const table = await screen.findByRole("table", { name: "Files it looks for" });
    expect(within(table).getByRole("row", { name: /Items of an app/ }).textContent).toContain("app/{section}/{app}/list.json");
    expect(screen.getByText(/does not give objects.json, rights.json, members.json, groups.json/)).toBeTruthy();
    expect(screen.getByText(/Further pages have a number: list-1.json, list-2.json/)).toBeTruthy();
    expect(screen.queryByText(/is the number of the record/)).toBeNull();
    expect(await axeFindings()).toEqual([]);
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s), with report and with problems", async (scheme) => {
    drawOnFake(screenOf(), "sample", scheme);
    await chooseSource("/home/marta/dump");
    fireEvent.click(button("Show the dump script"));
    await screen.findByText(/psql otobo/);
    fireEvent.click(button("Rehearse"));
    await screen.findByText("Rehearsed");
    expect(await axeFindings()).toEqual([]);
    await chooseSource("/home/marta/broken");
    fireEvent.click(button("Rehearse"));
    await screen.findByRole("alert");
    expect(await axeFindings()).toEqual([]);
  });
});
