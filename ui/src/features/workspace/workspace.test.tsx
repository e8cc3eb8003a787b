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
  it("shows the unknown ones first, and takes a default only when it is confirmed", async () => {
    const { asked, fake } = drawOnFake(settings, "unknown");
    expect(await screen.findByText(/3 settings are not known/)).toBeTruthy();
    expect(asked).not.toContain("setSettings");
    fireEvent.click(screen.getAllByRole("button", { name: "Confirm the default: Off" })[0]!);
    expect(await screen.findByText(/2 settings are not known/)).toBeTruthy();
    const info = await fake.commands.workspaceInfo();
    const support = info.status === "ok" ? info.data?.settings.find((one) => one.name === "CustomerGroupSupport") : undefined;
    expect(support).toMatchObject({ value: "false", origin: "confirmed" });
  });

  it("changes a known one only with Set", async () => {
    const { asked } = drawOnFake(settings);
    const control = await screen.findByRole("radiogroup", { name: /Group support/ });
    fireEvent.click(within(control).getByRole("radio", { name: "Off" }));
    expect(asked).not.toContain("setSettings");
    fireEvent.click(await screen.findByRole("button", { name: "Set" }));
    await waitFor(() => expect(asked).toContain("setSettings"));
  });

  it("hands on what the window should look like", async () => {
    const onAppearance = vi.fn();
    drawOnFake(<SettingsScreen appearance={{ scheme: "auto", language: "en" }} onAppearance={onAppearance} />);
    fireEvent.click(await screen.findByRole("radio", { name: "Dark" }));
    fireEvent.click(screen.getByRole("radio", { name: "Deutsch" }));
    expect(onAppearance.mock.calls).toEqual([[{ scheme: "dark" }], [{ language: "de" }]]);
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    const view = drawOnFake(settings, "unknown", scheme);
    await screen.findByText(/3 settings are not known/);
    expect(await axeFindings()).toEqual([]);
    view.redraw(<FirstStart onImport={() => undefined} />);
    for (const key of ["1", "2", "3"]) {
      fireEvent.keyDown(document.documentElement, { key });
      expect(await axeFindings()).toEqual([]);
    }
  });
});
