import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

afterEach(() => {
  globalThis.location.hash = "";
});

async function openPerson() {
  const program = await openWindow();
  const people = await program.commands.listUsers({ search: "" }, 0, 1);
  const id = people.status === "ok" ? (people.data.rows[0]?.id ?? "") : "";
  globalThis.location.hash = `#/users?id=${id}`;
  const pane = await screen.findByRole("region", { name: "Preview" });
  const expected = async () => {
    const told = await program.commands.checkExpectations("job");
    return told.status === "ok" ? told.data.expectations.map(({ expectation }) => expectation).filter((one) => one.who_key === id) : [];
  };
  return { program, id, pane, expected };
}

it("turns a preview into expectations with one click, and takes them back", async () => {
  const { program, id, pane, expected } = await openPerson();
  const proposed = await program.commands.proposeExpectations(id, "job");
  const all = proposed.status === "ok" ? proposed.data.proposed : [];
  expect(all.length).toBeGreaterThan(1);
  const before = await expected();
  fireEvent.click(await within(pane).findByRole("button", { name: "Expect what is shown" }));
  const toast = (await screen.findByText(new RegExp(`^${String(all.length)} expectations added`))).closest<HTMLElement>("[role=status]")!;
  expect((await expected()).length).toBe(before.length + all.length);
  expect((await expected()).slice(before.length).map((one) => [one.what, one.what_key, one.sees])).toEqual(all.map((one) => [one.what, one.what_key, one.sees]));
  fireEvent.click(within(toast).getByRole("button", { name: "Undo" }));
  await waitFor(async () => expect(await expected()).toEqual(before));
});

it("expects nothing of what is not saved", async () => {
  const { pane, expected } = await openPerson();
  const before = await expected();
  const time = await within(pane).findByRole("combobox", { name: "From when the rights are" });
  const past = (within(time).getAllByRole("option") as HTMLOptionElement[])[1]!.value;
  fireEvent.change(time, { target: { value: past } });
  const button = await waitFor(() => {
    const found = within(pane).getByRole("button", { name: "Expect what is shown" });
    expect(found.getAttribute("aria-disabled")).toBe("true");
    return found;
  });
  fireEvent.click(button);
  await new Promise((done) => setTimeout(done, 100));
  expect(await expected()).toEqual(before);
});

it("expects of an open ticket that the person always or never sees it, and a field", async () => {
  const { pane, id, expected } = await openPerson();
  const before = await expected();
  fireEvent.click((await within(pane).findAllByRole("listitem"))[0]!.querySelector("button")!);
  for (const [item, what, sees] of [
    ["Never sees this ticket", "ticket", false],
    ["Always sees the field Queue", "field", true],
  ] as const) {
    fireEvent.click(await within(pane).findByRole("button", { name: "Expect…" }));
    const menu = await screen.findByRole("menu");
    // The keys begin at the first line, and nothing stands in the menu that is none.
    await waitFor(() => expect(document.activeElement).toBe(within(menu).getAllByRole("menuitem")[0]));
    expect(await axeFindings(menu)).toEqual([]);
    fireEvent.click(await within(menu).findByRole("menuitem", { name: item }));
    await waitFor(async () => expect((await expected()).at(-1)).toMatchObject({ who: "external_user", who_key: id, what, sees }));
  }
  expect((await expected()).length).toBe(before.length + 2);
  expect(await axeFindings(pane)).toEqual([]);
  // The opposite of what is expected already is refused, and said so.
  fireEvent.click(await within(pane).findByRole("button", { name: "Expect…" }));
  fireEvent.click(await within(await screen.findByRole("menu")).findByRole("menuitem", { name: "Always sees this ticket" }));
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect((await expected()).length).toBe(before.length + 2);
});
