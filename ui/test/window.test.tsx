import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { everybody } from "@/features/users/people";
import { openWindow } from "./render";

beforeEach(() => localStorage.clear());

describe("the window", () => {
  it("finds a person through the palette, from anywhere, and opens her by Enter", async () => {
    const program = await openWindow();
    const listed = await program.commands.listUsers({ ...everybody, search: "novák" }, 0, 1);
    const first = listed.status === "ok" ? listed.data.rows[0] : undefined;
    const user = userEvent.setup();
    await user.click(await screen.findByRole("searchbox", { name: /Name, login/ }));
    await user.keyboard("{Control>}k{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Search or command" });
    await user.type(within(dialog).getByPlaceholderText("Search or command"), "novák");
    await within(dialog).findByText(`${first?.login}, ${first?.account}`);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(globalThis.location.hash).toContain(`id=${first?.id}`));
  });

  it("goes to the export by Ctrl E and round the zones by F6", async () => {
    await openWindow();
    const user = userEvent.setup();
    await screen.findByRole("grid", { name: "External users" });
    const zone = () => document.activeElement?.closest("[data-zone]")?.getAttribute("data-zone");
    document.body.focus();
    const seen = [];
    for (let step = 0; step < 5; step += 1) {
      await user.keyboard("{F6}");
      seen.push(zone());
    }
    expect(seen).toEqual(["title", "navigation", "list", "form", "preview"]);
    await user.keyboard("{Shift>}{F6}{/Shift}");
    expect(zone()).toBe("form");
    await user.keyboard("{Control>}e{/Control}");
    await waitFor(() => expect(globalThis.location.hash).toBe("#/review"));
  });

  it("changes words and colours from the palette, and remembers them", async () => {
    await openWindow();
    const user = userEvent.setup();
    await user.keyboard("{Control>}k{/Control}");
    await user.click(await screen.findByText("Deutsch"));
    await screen.findByRole("grid", { name: "Externe Benutzer" });
    await user.keyboard("{Control>}k{/Control}");
    await user.click(await screen.findByText("Dunkle Farben"));
    await waitFor(() => expect(document.documentElement.dataset["mantineColorScheme"]).toBe("dark"));
    expect(localStorage.getItem("portico.scheme")).toBe('"dark"');
    expect(localStorage.getItem("portico.language")).toBe('"de"');
  });

  it("moves the edges between zones by keyboard and remembers the widths", async () => {
    await openWindow();
    const user = userEvent.setup();
    const edge = (await screen.findAllByRole("separator"))[0]!;
    const before = Number(edge.getAttribute("aria-valuenow"));
    edge.focus();
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(Number(edge.getAttribute("aria-valuenow"))).not.toBe(before));
    expect(localStorage.getItem("portico.sizes")).toContain("list");
  });
});
