import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

afterEach(() => {
  globalThis.location.hash = "";
});

it("shows the portal as it was after a change, says so, and leads back to today", async () => {
  const program = await openWindow();
  const told = await program.commands.listUsers({ search: "jonas.schafer" }, 0, 1);
  const id = told.status === "ok" ? (told.data.rows[0]?.id ?? "") : "";
  globalThis.location.hash = `#/users?id=${id}`;
  const pane = await screen.findByRole("region", { name: "Preview" });
  // Today this person may not log in; the desk let him in.
  await waitFor(() => expect(pane.textContent).toMatch(/may not log in|cannot log in|invalid/i));
  const asked: unknown[] = [];
  const preview = program.commands.preview.bind(program.commands);
  program.commands.preview = (viewer) => {
    asked.push(viewer.at ?? null);
    return preview(viewer);
  };
  const time = await within(pane).findByRole("combobox", { name: "From when the rights are" });
  const options = within(time).getAllByRole("option") as HTMLOptionElement[];
  expect(options[0]?.textContent).toBe("Rights of today");
  expect(options.length).toBeGreaterThan(1);
  fireEvent.change(time, { target: { value: options.at(-1)?.value } });
  expect((await within(pane).findByText(/^An earlier state/)).getAttribute("role")).toBe("status");
  await waitFor(() => expect(asked).toContain(Number(options.at(-1)?.value)));
  await waitFor(() => expect(pane.textContent).not.toMatch(/may not log in|cannot log in/i));
  expect(await axeFindings(pane)).toEqual([]);
  fireEvent.change(time, { target: { value: "" } });
  await waitFor(() => expect(within(pane).queryByText(/^An earlier state/)).toBeNull());
  await waitFor(() => expect(pane.textContent).toMatch(/may not log in|cannot log in|invalid/i));
});

it("opens on what an address says, and looks at the next person as of today", async () => {
  const program = await openWindow();
  const people = await program.commands.listUsers({ search: "" }, 0, 2);
  const [first, second] = people.status === "ok" ? people.data.rows : [];
  const changes = await program.commands.listChanges(null, 10);
  const at = changes.status === "ok" ? changes.data.at(-1)!.id : 0;
  globalThis.location.hash = `#/users?at=${String(at)}`;
  const list = await screen.findByRole("grid");
  fireEvent.click(await within(list).findByText(first!.login));
  const pane = await screen.findByRole("region", { name: "Preview" });
  expect(await within(pane).findByText(/^An earlier state/)).toBeTruthy();
  await waitFor(() => expect((within(pane).getByRole("combobox", { name: "From when the rights are" }) as HTMLSelectElement).value).toBe(String(at)));
  fireEvent.click(await within(list).findByText(second!.login));
  await waitFor(() => expect(globalThis.location.hash).toContain(second!.id));
  await waitFor(() => expect(screen.queryByText(/^An earlier state/)).toBeNull());
  expect(globalThis.location.hash).not.toContain("at=");
});

it("says of an address without a person that the one who is chosen is shown as of then", async () => {
  await openWindow();
  globalThis.location.hash = "#/users?at=2";
  expect(await screen.findByText("Choose a person: the portal is shown as it was after that change.")).toBeTruthy();
  globalThis.location.hash = "#/users";
  expect(await screen.findByText("Choose a person to see the portal with her eyes.")).toBeTruthy();
});
