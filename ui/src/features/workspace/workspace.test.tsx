import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { FirstStart } from "./FirstStart";
import { SettingsScreen } from "./SettingsScreen";
import { nameFromPath } from "./useStart";

beforeEach(() => localStorage.clear());

const settings = <SettingsScreen appearance={{ scheme: "auto", language: "en" }} onAppearance={() => undefined} />;

describe("first start", () => {
  it("opens the sample", async () => {
    const { asked, fake } = drawOnFake(<FirstStart onImport={() => undefined} />, "first");
    fireEvent.click(screen.getByRole("button", { name: "Open the sample" }));
    await waitFor(() => expect(asked).toContain("openSample"));
    const info = await fake.commands.workspaceInfo();
    expect(info.status === "ok" && info.data?.sample).toBe(true);
  });

  it("opens the sample of another desk", async () => {
    const { fake } = drawOnFake(<FirstStart onImport={() => undefined} />, "first");
    fireEvent.click(screen.getByRole("radio", { name: "Daktela" }));
    fireEvent.click(screen.getByRole("button", { name: "Open the sample" }));
    await waitFor(async () => {
      const info = await fake.commands.workspaceInfo();
      expect(info.status === "ok" && info.data).toMatchObject({ desk: "daktela", sample: true });
    });
  });

  it("makes a workspace where the person says, and leads to the import only then", async () => {
    const onImport = vi.fn();
    const prompt = vi.spyOn(window, "prompt").mockReturnValueOnce(null).mockReturnValue("/home/marta/Support.portico");
    const { asked, fake } = drawOnFake(<FirstStart onImport={onImport} />, "first");
    fireEvent.keyDown(document.documentElement, { key: "2" });
    const go = await screen.findByRole("button", { name: /Choose where to keep it/ });
    fireEvent.click(go);
    await waitFor(() => expect(prompt).toHaveBeenCalledTimes(1));
    expect(asked).not.toContain("createWorkspace");
    fireEvent.click(go);
    await waitFor(() => expect(onImport).toHaveBeenCalledOnce());
    const info = await fake.commands.workspaceInfo();
    expect(info.status === "ok" && info.data?.name).toBe("Support");
  });

  it("makes an empty workspace for each of the five desks, and offers to import each of them", async () => {
    const prompt = vi.spyOn(window, "prompt").mockReturnValue("/home/marta/Portal.portico");
    const { fake } = drawOnFake(<FirstStart onImport={() => undefined} />, "first");
    fireEvent.keyDown(document.documentElement, { key: "2" });
    const offered = () => within(screen.getByRole("radiogroup", { name: "Which desk" })).getAllByRole("radio").map((radio) => (radio as HTMLInputElement).value);
    expect(offered()).toEqual(["daktela", "elma365", "innosoft", "otobo", "zoho"]);
    fireEvent.keyDown(document.documentElement, { key: "3" });
    expect(offered()).toEqual(["daktela", "elma365", "innosoft", "otobo", "zoho"]);
    fireEvent.click(screen.getByRole("radio", { name: "Zoho Desk" }));
    fireEvent.click(screen.getByRole("button", { name: /Choose where to keep it/ }));
    await waitFor(async () => {
      const info = await fake.commands.workspaceInfo();
      expect(info.status === "ok" && info.data).toMatchObject({ desk: "zoho", desk_name: "Zoho Desk", can_import: true, can_export: true, preview: false });
    });
    expect(prompt).toHaveBeenCalledOnce();
  });

  it("remembers what was open, and says when a file is no workspace", async () => {
    vi.spyOn(window, "prompt").mockReturnValue("/tmp/broken.portico");
    localStorage.setItem("portico.recent", JSON.stringify([{ path: "/home/marta/Old.portico", name: "Old", desk: "OTOBO / Znuny" }]));
    drawOnFake(<FirstStart onImport={() => undefined} />, "first");
    expect(await screen.findByText("/home/marta/Old.portico")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "open it" }));
    expect(await screen.findByText(/no Portico workspace/)).toBeTruthy();
  });

  it("names a workspace after its file, on every system", () => {
    expect(nameFromPath("/home/marta/Support.portico")).toBe("Support");
    expect(nameFromPath("C:\\Users\\Marta\\My desk.PORTICO")).toBe("My desk");
  });
});

describe("settings", () => {
  it("hands on what the window should look like", async () => {
    const onAppearance = vi.fn();
    drawOnFake(<SettingsScreen appearance={{ scheme: "auto", language: "en" }} onAppearance={onAppearance} />);
    fireEvent.click(await screen.findByRole("radio", { name: "Dark" }));
    fireEvent.click(screen.getByRole("radio", { name: "Deutsch" }));
    expect(onAppearance.mock.calls).toEqual([[{ scheme: "dark" }], [{ language: "de" }]]);
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    const view = drawOnFake(settings, "unknown", scheme);
    await screen.findByRole("radio", { name: "Deutsch" });
    expect(await axeFindings()).toEqual([]);
    view.redraw(<FirstStart onImport={() => undefined} />);
    for (const key of ["1", "2", "3"]) {
      fireEvent.keyDown(document.documentElement, { key });
      expect(await axeFindings()).toEqual([]);
    }
  });
});
