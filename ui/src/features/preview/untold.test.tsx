import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { createFake } from "@/bridge/fake";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { PreviewPane } from "./PreviewPane";

const nothing = () => undefined;
const pane = <PreviewPane viewer={{ id: "u0", draft: null }} onWhy={nothing} onSettings={nothing} />;

/** A desk of which something is known to decide that is not modelled. */
async function unsettled(): Promise<ReturnType<typeof createFake>> {
  const fake = createFake("sample", 0);
  await fake.commands.setSettings([{ name: "Portico::NothingElseDecides", value: "false" }]);
  return fake;
}

const group = () => screen.findByRole("group", { name: /^(Cannot be told|Nicht zu sagen)$/ });
const figure = (element: HTMLElement) => Number((element.textContent ?? "").replace(/\D/g, ""));

afterEach(() => setLanguage("en"));

describe("what cannot be told", () => {
  it("is a group of its own beside the lists, with its count and the reason of each ticket", async () => {
    drawOnFake(pane, "sample", "light", "otobo", await unsettled());
    const panel = await screen.findByRole("region", { name: "Cannot be told" });
    expect(within(panel).getByText(/^Parts of the desk that Portico does not model may decide here/)).toBeTruthy();
    expect(within(panel).getByText("Portico::NothingElseDecides")).toBeTruthy();
    expect(within(panel).queryByText(/^Nobody has said/)).toBeNull();
    const count = figure(await group());
    expect(count).toBeGreaterThan(50);
    fireEvent.click(within(await group()).getByRole("button", { name: "Show why" }));
    const rows = await screen.findAllByRole("listitem");
    const ticket = rows.find((row) => row.dataset["untold"]);
    expect(within(ticket!).getByText("Parts that are not modelled may decide")).toBeTruthy();
    expect(within(ticket!).getByRole("img", { name: "Cannot be told, because" })).toBeTruthy();
    expect(screen.getByText(`${count.toLocaleString("en")} tickets cannot be told`)).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });

  it("says in the list how many may be missing from it", async () => {
    const fake = createFake("sample", 0);
    await fake.commands.setSettings([{ name: "Ticket::Frontend::CustomerDisableCompanyTicketAccess", value: null }]);
    drawOnFake(pane, "sample", "light", "otobo", fake);
    fireEvent.click(await screen.findByRole("tab", { name: /Company tickets/ }));
    expect(await screen.findByText(/^[\d,]+ cannot be told$/)).toBeTruthy();
    fireEvent.click(screen.getByRole("tab", { name: /My tickets/ }));
    await waitFor(() => expect(screen.queryByText(/^[\d,]+ cannot be told$/)).toBeNull());
    await waitFor(() => expect(document.querySelector("[data-index='0']")).not.toBeNull());
    fireEvent.click(within(await group()).getByRole("button", { name: "Show why" }));
    expect((await screen.findAllByText("Nobody has said how the setting “Company tickets are closed to customers” stands.")).length).toBeGreaterThan(0);
  });

  it("is folded to its title on a ticket's page, where the room is needed, and unfolds", async () => {
    drawOnFake(pane, "sample", "light", "otobo", await unsettled());
    const folded = async () => !(await screen.findByRole("region", { name: "Cannot be told" })).querySelector("details")!.open;
    expect(await folded()).toBe(false);
    fireEvent.click(within(await group()).getByRole("button", { name: "Show why" }));
    fireEvent.click((await screen.findAllByRole("listitem")).find((row) => row.dataset["untold"])!.querySelector("button")!);
    await screen.findByRole("button", { name: "Back to the lists" });
    expect(await folded()).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Back to the lists" }));
    await waitFor(async () => expect(await folded()).toBe(false));
  });

  it("is not there where all can be told", async () => {
    drawOnFake(pane);
    await screen.findByRole("tab", { name: /Company tickets/ });
    expect(screen.getByRole("group", { name: "Hidden" })).toBeTruthy();
    expect(screen.queryByRole("group", { name: "Cannot be told" })).toBeNull();
    expect(screen.queryByRole("region", { name: "Cannot be told" })).toBeNull();
  });

  it("has the cause shown where only the login cannot be told", async () => {
    const fake = createFake("sample", 0);
    const { preview } = fake.commands;
    fake.commands.preview = async (viewer) => {
      const answer = await preview(viewer);
      if (answer.status === "error") return answer;
      return { ...answer, data: { ...answer.data, may_log_in: null, untold: [{ setting: "", why: "the day is not known" }] } };
    };
    drawOnFake(pane, "sample", "light", "otobo", fake);
    const panel = await screen.findByRole("region", { name: "Cannot be told" });
    expect(within(panel).getByText("the day is not known")).toBeTruthy();
    expect(within(panel).getByText("Whether a login is possible cannot be told either.")).toBeTruthy();
    expect(await screen.findByRole("tab", { name: /Company tickets/ })).toBeTruthy();
  });

  it("stands in the report with the reason, in German too", async () => {
    setLanguage("de");
    drawOnFake(pane, "sample", "dark", "otobo", await unsettled());
    await group();
    fireEvent.click(screen.getByRole("button", { name: "Bericht zum Drucken" }));
    const report = await screen.findByRole("dialog");
    expect(within(report).getByText(/^Teile des Desks, die Portico nicht nachbildet/)).toBeTruthy();
    fireEvent.click(within(report).getByRole("checkbox"));
    expect(await within(report).findByRole("columnheader", { name: "Nicht zu sagen, weil" })).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });
});
