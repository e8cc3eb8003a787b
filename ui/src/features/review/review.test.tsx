import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { PlanOperation } from "@/bridge/types";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { byConcern, linkTarget } from "./grouping";
import { PendingChanges } from "./PendingChanges";
import { ReviewScreen } from "./ReviewScreen";

const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("the review", () => {
  it("says what all that is pending changes for people, and can be stopped", async () => {
    const { asked } = drawOnFake(<ReviewScreen />);
    const effect = await screen.findByRole("region", { name: "What all of this changes" });
    await waitFor(() => expect(within(effect).getByRole("status").textContent).toMatch(/(gain|lose)s? \d+ ticket|Grants nothing new/));
    expect(asked.filter((name) => name === "exposureOfPending")).toHaveLength(1);
  });

  it("shows old and new value, grouped by person, and links back to the form", async () => {
    drawOnFake(<ReviewScreen />);
    const person = (await screen.findByRole("link", { name: "Kateřina Musilová" })).closest("li")!;
    expect(within(person).getByText("k.musilova", { selector: "ins" })).toBeTruthy();
    const changed = screen.getByText("new.address@example.org", { selector: "ins" }).closest("li")!;
    expect(changed.querySelector("del")?.textContent).toMatch(/@.*\.example$/);
    expect(screen.getAllByRole("link").every((link) => link.getAttribute("href")?.startsWith("#/users?id=") === true)).toBe(true);
  });

  it("draws the first people of many, counts all, and more when asked", async () => {
    const { asked } = drawOnFake(<ReviewScreen first={2} />);
    await screen.findByText(/^Shown are 2 of 6 changes, which concern 6 people/);
    const people = () => screen.getAllByRole("link").filter((link) => link.getAttribute("href")?.startsWith("#/users?id=")).length;
    expect(people()).toBe(2);
    button("Export 6 changes");
    fireEvent.click(button("Show more"));
    await waitFor(() => expect(people()).toBe(6));
    expect(screen.queryByText(/^Shown are/)).toBeNull();
    expect(asked.filter((name) => name === "plan")).toHaveLength(2);
  });

  it("names what the desk cannot take, with the reason in words", async () => {
    drawOnFake(<ReviewScreen />);
    const section = (await screen.findByRole("heading", { name: /What the desk cannot take/ })).closest("section")!;
    expect(within(section).getByText(/Renaming a login would drop/)).toBeTruthy();
  });

  it("exports to the chosen folder and shows the files with their digests", async () => {
    const prompt = vi.spyOn(window, "prompt").mockReturnValueOnce(null).mockReturnValue("/home/marta/export");
    const { asked } = drawOnFake(<ReviewScreen />);
    const go = await screen.findByRole("button", { name: /Export \d+ changes/ });
    fireEvent.click(go);
    await waitFor(() => expect(prompt).toHaveBeenCalledTimes(1));
    expect(asked).not.toContain("exportDesk");
    fireEvent.click(go);
    expect(await screen.findByText("postgresql.sql")).toBeTruthy();
    expect(screen.getByText("/home/marta/export")).toBeTruthy();
    expect(screen.getAllByText(/^[0-9a-f]{64}$/)).toHaveLength(4);
  });

  it.each([
    ["zoho", "calls.jsonl", /Make the calls first/],
    ["daktela", "worklist.html", /Work through the worklist in the desk, then verify it under Exports/],
    ["elma365", "worklist.csv", /what to check first/],
    ["innosoft", "external-users.csv", /Work through the worklist/],
  ])("says what is done with the files of %s", async (desk, file, next) => {
    drawOnFake(<ReviewScreen />, "sample", "light", desk);
    fireEvent.change(await screen.findByRole("textbox", { name: "Folder" }), { target: { value: "/home/marta/out" } });
    fireEvent.click(button(/Export \d+ changes/));
    expect(await screen.findByText(next)).toBeTruthy();
    expect(screen.getByText(file, { selector: "strong" })).toBeTruthy();
    expect(screen.getByText("README.txt")).toBeTruthy();
  });

  it("exports to a folder that is typed", async () => {
    const prompt = vi.spyOn(window, "prompt").mockReturnValue(null);
    drawOnFake(<ReviewScreen />);
    fireEvent.change(await screen.findByRole("textbox", { name: "Folder" }), { target: { value: "/home/marta/by hand" } });
    fireEvent.click(button(/Export \d+ changes/));
    expect(await screen.findByText("/home/marta/by hand")).toBeTruthy();
    expect(prompt).not.toHaveBeenCalled();
  });

  it("refuses to export while conflicts stand, and settles them one by one", async () => {
    const { fake } = drawOnFake(<ReviewScreen />, "conflicts");
    await screen.findByRole("heading", { name: /Changed here and in the desk/ });
    expect(button(/Export/).disabled).toBe(true);
    expect(button("Settle 0").disabled).toBe(true);
    fireEvent.click(screen.getByRole("radio", { name: "The desk’s: office@brno-papir.example" }));
    fireEvent.click(screen.getByRole("radio", { name: "Mine: invalid" }));
    fireEvent.click(button("Settle 2"));
    await waitFor(() => expect(button(/Export/).disabled).toBe(false));
    const person = await fake.commands.getUser("u4");
    expect(person.status === "ok" && person.data.form.email).toBe("office@brno-papir.example");
    const other = await fake.commands.getUser("u12");
    expect(other.status === "ok" && other.data.form.status).toBe("invalid");
  });

  it("says so where nothing is pending, and where it cannot be told", async () => {
    const view = drawOnFake(<ReviewScreen />, "empty");
    expect(await screen.findByText("Nothing is pending")).toBeTruthy();
    expect(button(/Export/).disabled).toBe(true);
    view.unmount();
    drawOnFake(<ReviewScreen />, "error");
    expect(await screen.findByText(/cannot be read or written/)).toBeTruthy();
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    drawOnFake(<ReviewScreen />, "conflicts", scheme);
    await screen.findByRole("heading", { name: /Changed here and in the desk/ });
    expect(await axeFindings()).toEqual([]);
  });
});

describe("the plan's words", () => {
  const operation = (more: Partial<PlanOperation>): PlanOperation => ({
    kind: "update", entity: "external_user", key: "a", subject: "A", user: null, changes: [], target: "customer_user", ...more,
  });

  it("keeps people of one name apart, and a person's links with the person", () => {
    const concerns = byConcern([
      operation({ user: "1" }),
      operation({ user: "2" }),
      operation({ user: "1", entity: "user_group", kind: "link" }),
      operation({ entity: "account", subject: "A" }),
    ]);
    expect(concerns.map((concern) => concern.operations.length)).toEqual([2, 1, 1]);
  });

  it("names the key of what is created once, and its e-mail address though it is the same", () => {
    const changes = ["login", "email", "phone"].map((field) => ({ field, old: null, new: field === "phone" ? "" : "jana@example.org" }));
    const nothing = { kinds: [], not_exported: [], not_exported_total: 0, refused: [], conflicts: 0, initial_passwords: 0, since: null, mark: "" };
    const plan = { ...nothing, total: 1, concerns: 1, operations: [operation({ kind: "create", key: "jana@example.org", user: "1", changes })] };
    drawOnFake(<PendingChanges plan={plan} waiting={false} onMore={() => undefined} />);
    expect(screen.getAllByText("jana@example.org", { selector: "ins" })).toHaveLength(2);
    expect(screen.getAllByRole("img").map((kind) => kind.closest("li")?.textContent?.replace(/\s+/g, " "))).toEqual(["New External user: jana@example.org", "E-mail jana@example.org"]);
  });

  it("names what a link leads to, not whose it is", () => {
    const change = (field: string, value: string) => ({ field, old: null, new: value });
    expect(linkTarget(operation({ entity: "user_group", changes: [change("user", "jana"), change("group", "finance"), change("permission", "ro")] }))).toBe("finance ro");
    expect(linkTarget(operation({ entity: "account_group", changes: [change("account", "ACME"), change("group", "legal")] }))).toBe("legal");
    expect(linkTarget(operation({ entity: "user_account", changes: [change("user", "jana"), change("account", "ACME")] }))).toBe("ACME");
  });
});
