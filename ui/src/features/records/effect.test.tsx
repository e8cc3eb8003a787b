import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { createFake } from "@/bridge/fake";
import { openWindow } from "../../../test/render";

beforeEach(() => localStorage.clear());

type Answer<T> = Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>;
async function answer<T>(asked: Answer<T>): Promise<T> {
  const outcome = await asked;
  if (outcome.status === "error") throw new Error(JSON.stringify(outcome.error));
  return outcome.data;
}

/** The form of an account whose people see tickets by it. */
async function openAccount() {
  const program = createFake("sample", 0);
  const row = (await answer(program.commands.listRecords("account", { search: "brno", sort: "", descending: false, filters: [], changed: false }, 0, 1))).rows[0]!;
  await openWindow({ backend: program, at: `/records/account?id=${row.id}` });
  await screen.findByRole("form");
  return { program, row, user: userEvent.setup() };
}

const key = () => document.querySelector<HTMLInputElement>("#field-key")!;
const effect = () => screen.findByRole("region", { name: "If you save this" });

describe("what saving a record would do", () => {
  it("says who loses what, and that a word grants nothing, before it is saved", async () => {
    const { program, row, user } = await openAccount();
    expect(screen.queryByRole("region", { name: "If you save this" })).toBeNull();
    await user.type(screen.getByLabelText("City"), "Brno");
    expect(await within(await effect()).findByText("Grants nothing new: nobody sees more or fewer tickets.", {}, { timeout: 4000 })).toBeTruthy();
    await user.type(key(), "-X");
    const told = await answer(program.commands.exposureOfRecord("account", row.id, { key: `${row.key}-X` }, "test"));
    expect(told.losing).toBeGreaterThan(0);
    expect(await within(await effect()).findByText(new RegExp(`^${told.losing} (person loses|people lose) ${told.tickets_lost} tickets?$`), {}, { timeout: 4000 })).toBeTruthy();
    expect(within(await effect()).getByRole("list").textContent).toContain(told.examples[0]!.name);
  });

  it("shows everybody and every account, with tickets and the way to each", async () => {
    const { program, row, user } = await openAccount();
    await user.type(key(), "-X");
    const told = await answer(program.commands.exposureOfRecord("account", row.id, { key: `${row.key}-X` }, "test"));
    await user.click(await within(await effect()).findByRole("button", { name: "Show all" }, { timeout: 4000 }));
    const drawer = await screen.findByRole("dialog", { name: "If you save this" });
    const people = within(within(drawer).getByRole("table", { name: "Those for whom it means most" }));
    const rows = people.getAllByRole("row").slice(1);
    expect(rows).toHaveLength(told.examples.length);
    const first = told.examples[0]!;
    const link = people.getByRole("link", { name: first.name });
    expect(link.getAttribute("href")).toBe(`#/users?id=${first.id}`);
    expect(rows[0]?.textContent).toContain(first.account);
    expect(rows[0]?.textContent).toContain(first.lost_tickets[0]);
    const accounts = within(within(drawer).getByRole("table", { name: `${told.accounts_total} accounts` }));
    const sums = accounts.getAllByRole("row").slice(1).map((line) => line.textContent);
    expect(sums).toEqual(told.accounts.map((one) => `${one.name}${one.people}−${one.lost.toLocaleString("en")}`));
    expect(accounts.getByRole("link", { name: told.accounts[0]!.name }).getAttribute("href")).toBe(`#/records/account?id=${told.accounts[0]!.id}`);
    await user.click(link);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(globalThis.location.hash).toContain(first.id);
  });

  it("says of whom it cannot be told, with names", async () => {
    const { program, user } = await openAccount();
    const unset = [{ name: "Ticket::Frontend::CustomerDisableCompanyTicketAccess", value: null }];
    await answer(program.commands.setSettings(unset));
    await user.type(key(), "-X");
    const region = await effect();
    await user.click(await within(region).findByRole("button", { name: "Show all" }, { timeout: 4000 }));
    const drawer = await screen.findByRole("dialog", { name: "If you save this" });
    const doubtful = within(drawer).getByRole("region", { name: "Those for whom it cannot be told" });
    const names = within(doubtful).getAllByRole("link").length;
    const all = Number(/\d+/.exec(within(doubtful).getByText(/it cannot be told/).textContent ?? "")?.[0]);
    expect(names).toBeGreaterThan(0);
    expect(all).toBeGreaterThanOrEqual(names);
    expect(within(region).queryByText(/grants nothing new/i)).toBeNull();
  });

  it("names what is expected and would be broken", async () => {
    const { program, row, user } = await openAccount();
    const told = await answer(program.commands.exposureOfRecord("account", row.id, { key: `${row.key}-X` }, "test"));
    const who = told.examples[0]!;
    await answer(program.commands.addExpectations([{ who: "external_user", who_key: who.id, sees: true, what: "ticket", what_key: who.lost_tickets[0]! }]));
    await user.type(key(), "-X");
    expect(await within(await effect()).findByText(/Rasmus Nguyễn sees ticket/, {}, { timeout: 4000 })).toBeTruthy();
  });

  it("does not ask while something is wrong", async () => {
    const { user } = await openAccount();
    await user.clear(key());
    await user.tab();
    await waitFor(() => expect(document.querySelector("#field-key")?.getAttribute("aria-invalid")).toBe("true"));
    expect(screen.queryByRole("region", { name: "If you save this" })).toBeNull();
  });
});

describe("what deleting a record would do", () => {
  it("is said once it is clear what becomes of what uses it", async () => {
    const { program, row, user } = await openAccount();
    await user.click(screen.getByRole("button", { name: /^Delete/ }));
    const dialog = await screen.findByRole("dialog");
    const pick = await within(dialog).findByRole("combobox");
    expect(within(dialog).queryByRole("region")).toBeNull();
    await user.click(pick);
    await user.type(pick, "lyon");
    await user.click(await screen.findByRole("option", { name: /Lyon/ }));
    const region = await within(dialog).findByRole("region", { name: "If you delete it" });
    const lyon = (await answer(program.commands.searchRecords("account", "lyon", 1)))[0]!;
    const told = await answer(program.commands.exposureOfDeletion("account", row.id, { how: "move", to: lyon.id }, "test"));
    expect(told.losing).toBeGreaterThan(0);
    expect(await within(region).findByText(new RegExp(`^${told.losing} (person loses|people lose) ${told.tickets_lost} tickets?$`), {}, { timeout: 4000 })).toBeTruthy();
    expect((await answer(program.commands.getRecord("account", row.id))).id).toBe(row.id);
  });
});
