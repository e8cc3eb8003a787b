import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFake } from "@/bridge/fake";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

beforeEach(() => localStorage.clear());
afterEach(() => {
  globalThis.location.hash = "";
});

const form = () => screen.findByRole("form", { name: "New expectation" });

async function pick(name: string, text: string): Promise<void> {
  const user = userEvent.setup();
  const field = await within(await form()).findByRole("combobox", { name });
  await user.click(field);
  await user.type(field, text);
  const [option] = await screen.findAllByRole("option", { name: new RegExp(text) });
  await user.click(option!);
}

describe("expectations", () => {
  it("are said in one line, checked, lead to those for whom it is not so, and are removed", async () => {
    const fake = createFake("sample", 0);
    await openWindow({ backend: fake, at: "/expectations" });
    const user = userEvent.setup();
    expect(await screen.findByText("Nothing is expected yet")).toBeTruthy();
    await pick("tickets of the queue", "Hardware");
    await user.click(within(await form()).getByRole("button", { name: "Add" }));
    const list = await screen.findByRole("region", { name: "Expectations and how they stand" });
    expect(await within(list).findByText("Everyone never sees tickets of Hardware")).toBeTruthy();
    expect(within(list).getByRole("img", { name: "Broken" })).toBeTruthy();
    const links = within(list).getAllByRole("link");
    expect(links[0]?.getAttribute("href")).toMatch(/^#\/users\?id=.+&why=.+/);
    const told = await fake.commands.checkExpectations("job");
    if (told.status === "error") throw new Error("not checked");
    expect(within(list).getByText(new RegExp(`Not so for ${told.data.expectations[0]!.against} people`))).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
    expect(screen.getByRole("button", { name: /^Undo: Expected: everyone never sees queue Hardware \(1\)$/ })).toBeTruthy();
    await user.click(within(list).getByRole("button", { name: /^Remove: Everyone never/ }));
    expect(await screen.findByText("Nothing is expected yet")).toBeTruthy();
  });

  it("say that the opposite is expected already, and keep what was picked", async () => {
    await openWindow({ at: "/expectations" });
    const user = userEvent.setup();
    await pick("tickets of the queue", "Hardware");
    await user.click(within(await form()).getByRole("button", { name: "Add" }));
    await screen.findByText("Everyone never sees tickets of Hardware");
    await pick("tickets of the queue", "Hardware");
    await user.click(within(await form()).getByRole("radio", { name: "sees" }));
    await user.click(within(await form()).getByRole("button", { name: "Add" }));
    expect((await screen.findByRole("alert")).textContent).toBe("The opposite is expected already; remove that first.");
    expect(within(await form()).getByText("Hardware")).toBeTruthy();
  });

  it("are made of what a person sees today, shown before they are added as one change", async () => {
    const fake = createFake("sample", 0);
    await openWindow({ backend: fake, at: "/expectations?from=choose" });
    const user = userEvent.setup();
    const dialog = await screen.findByRole("dialog", { name: "Expect what a person sees today" });
    const field = within(dialog).getByRole("combobox", { name: "The person" });
    await user.click(field);
    await user.type(field, "jana");
    const name = /jana/i;
    await user.click((await screen.findAllByRole("option", { name }))[0]!);
    const proposed = await within(dialog).findByRole("region", { name: "What would be expected" });
    await waitFor(() => expect(within(proposed).getAllByRole("listitem").length).toBeGreaterThan(1));
    const count = within(proposed).getAllByRole("listitem").length;
    expect(await axeFindings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: `Expect these ${count}` }));
    expect(await screen.findByText(`All ${count} hold.`)).toBeTruthy();
  });

  it("that a change would break are named before it is saved", async () => {
    const fake = createFake("sample", 0);
    const queues = await fake.commands.searchRecords("queue", "Legal", 1);
    if (queues.status === "error") throw new Error("no queue");
    await fake.commands.addExpectations([{ who: "everyone", who_key: "", sees: false, what: "queue", what_key: queues.data[0]!.id }]);
    await openWindow({ backend: fake, at: "/groups" });
    await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "More about groups" }));
    await user.click(await screen.findByRole("menuitem", { name: "Turn group support off" }));
    const dialog = await screen.findByRole("dialog", { name: "Turn group support off?" });
    expect(await within(dialog).findByText("This breaks an expectation:", {})).toBeTruthy();
    expect(within(dialog).getByText(/^Everyone never sees tickets of .*Legal.* \([\d,]+ people\)$/)).toBeTruthy();
  });

  it("are held against a person's form before it is saved, with what that person gains and loses", async () => {
    const fake = createFake("sample", 0);
    const report = await fake.commands.proposeExpectations("u48", "job");
    if (report.status === "error") throw new Error("nothing proposed");
    const [seen] = report.data.proposed.filter(({ sees }) => sees);
    const { who, who_key, sees, what, what_key } = seen!;
    await fake.commands.addExpectations([{ who, who_key, sees, what, what_key }]);
    await openWindow({ backend: fake, at: "/users?id=u48" });
    const user = userEvent.setup();
    const control = (name: string) => {
      const found = document.querySelector<HTMLInputElement>(`#field-${name}`);
      if (!found) throw new Error(`there is no field ${name}`);
      return found;
    };
    await user.type(await waitFor(() => control("first_name")), "x");
    const effect = await screen.findByRole("region", { name: "If you save this" });
    expect(await within(effect).findByText("Grants nothing new: nobody sees more or fewer tickets.")).toBeTruthy();
    await user.click(screen.getByRole("radio", { name: "invalid" }));
    expect(await within(effect).findByText("This breaks an expectation:", {})).toBeTruthy();
    expect(within(effect).getByText("1 person may not log in any more")).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });
});
