import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { desks } from "@/bridge/desks";
import { createFake } from "@/bridge/fake";
import { openPalette } from "@/app/shell/Palette";
import { openWindow } from "./render";
import { axeFindings } from "./withFake";

describe.each(desks)("a workspace for $name", ({ id }) => {
  const open = (at: string) => openWindow({ backend: createFake("sample", 0, id), at });

  it("offers its import", async () => {
    await open("/users");
    expect(await screen.findByRole("group", { name: "List" })).toBeTruthy();
    openPalette();
    expect(await screen.findByText("Import from the desk")).toBeTruthy();
  });

  it("plans an export of what is pending", async () => {
    await open("/review");
    expect(await screen.findByRole("region", { name: "Export plan" })).toBeTruthy();
    expect((await screen.findAllByRole("button", { name: /^Export/ })).length).toBeGreaterThan(0);
    expect(await axeFindings()).toEqual([]);
  });

  it("answers for an import that somebody asks for by its address", async () => {
    await open("/import");
    expect(await screen.findByRole("form", { name: "Import from your desk" })).toBeTruthy();
  });
});

it("the menu of a workspace that can be read offers the import", async () => {
  await openWindow();
  fireEvent.click(await screen.findByRole("button", { name: /Northwind Support/ }));
  await waitFor(() => expect(screen.getByRole("menuitem", { name: "Import from the desk" })).toBeTruthy());
});
