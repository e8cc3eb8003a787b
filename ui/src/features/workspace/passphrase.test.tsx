import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { openWindow } from "../../../test/render";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { setBackendForTests } from "@/bridge/client";
import { createFake } from "@/bridge/fake";
import { LOCKED, PASSPHRASE } from "@/bridge/fake/passphrase";
import { SettingsScreen } from "./SettingsScreen";

beforeEach(() => localStorage.clear());

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

describe("a locked workspace", () => {
  it("named at the start asks for its passphrase, says when it is wrong, and opens with the right one", async () => {
    const user = userEvent.setup();
    const program = await openWindow({ scenario: "locked" });
    expect(await screen.findByRole("heading", { name: "This workspace is locked" })).toBeTruthy();
    expect(screen.getByText("support.portico")).toBeTruthy();
    // The cursor is where one types; nothing else is needed than typing and Enter.
    await waitFor(() => expect(document.activeElement).toBe(field("Passphrase")));
    expect(field("Passphrase").type).toBe("password");
    await user.keyboard("incorrect horse{Enter}");
    await waitFor(() => expect(field("Passphrase").getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getByRole("status").textContent).toBe("This is not the passphrase of this workspace.");
    expect(document.getElementById(field("Passphrase").getAttribute("aria-describedby")?.split(" ").at(-1) ?? "")?.textContent).toBe("This is not the passphrase of this workspace.");
    expect(document.activeElement).toBe(field("Passphrase"));
    // The wrong text is selected: typing replaces it, and takes the message away.
    await user.keyboard("c");
    expect(field("Passphrase").value).toBe("c");
    expect(field("Passphrase").getAttribute("aria-invalid")).toBeNull();
    await user.keyboard(`${PASSPHRASE.slice(1)}{Enter}`);
    expect(await screen.findByRole("navigation")).toBeTruthy();
    const info = await program.commands.workspaceInfo();
    expect(info.status === "ok" && info.data).toMatchObject({ encrypted: true, path: LOCKED, sample: false });
    // It is remembered; what opened it is not.
    await waitFor(() => expect(localStorage.getItem("portico.recent")).toContain(LOCKED));
    expect(JSON.stringify(localStorage)).not.toContain("horse");
  });

  it("is left for another one", async () => {
    await openWindow({ scenario: "locked" });
    fireEvent.click(await screen.findByRole("button", { name: "Another workspace" }));
    expect(await screen.findByRole("button", { name: "Open the sample" })).toBeTruthy();
  });

  it("chosen from the recent ones asks as well", async () => {
    localStorage.setItem("portico.recent", JSON.stringify([{ path: LOCKED, name: "Support", desk: "OTOBO / Znuny" }]));
    await openWindow({ scenario: "first" });
    fireEvent.click(await screen.findByText(LOCKED));
    expect(await screen.findByRole("heading", { name: "This workspace is locked" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Type the passphrase."));
  });

  it("says what else is wrong in the words for it", async () => {
    const fake = createFake("locked", 0);
    const backend = {
      ...fake,
      commands: { ...fake.commands, openWorkspace: () => Promise.resolve({ status: "error" as const, error: { code: "key_file" as const, message: "", fields: [], detail: [], problems: [] } }) },
    };
    await openWindow({ scenario: "locked", backend });
    fireEvent.click(await screen.findByRole("button", { name: "Open" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The key file beside this workspace is missing");
  });
});

const settings = <SettingsScreen appearance={{ scheme: "auto", language: "en" }} onAppearance={() => undefined} />;

/** The settings of a workspace that is not the sample. */
async function own({ passphrase, scheme }: { passphrase?: string; scheme?: "light" | "dark" } = {}) {
  const view = drawOnFake(<p />, "first", scheme);
  await view.fake.commands.createWorkspace("/home/marta/Support.portico", "Support", "otobo");
  if (passphrase) await view.fake.commands.changePassphrase({ current: null, new: passphrase }, "job");
  view.redraw(settings);
  const info = async () => {
    const answer = await view.fake.commands.workspaceInfo();
    return answer.status === "ok" ? answer.data : null;
  };
  return { ...view, info, user: userEvent.setup() };
}

async function confirmed(title: RegExp, verb: string) {
  const dialog = await screen.findByRole("dialog", { name: title });
  const buttons = [...dialog.querySelectorAll("button")];
  fireEvent.click(buttons.find((button) => button.textContent === verb)!);
}

describe("the passphrase in the settings", () => {
  it("is set only after typing it twice and confirming that nobody can recover it", async () => {
    const { asked, info, user } = await own();
    expect(await screen.findByText("This workspace has no passphrase.")).toBeTruthy();
    await user.click(await screen.findByRole("button", { name: "Set a passphrase…" }));
    await waitFor(() => expect(document.activeElement).toBe(field("New passphrase")));
    await user.keyboard("short{Enter}");
    expect(await screen.findByText("Short: with fewer than 12 characters it can be guessed.")).toBeTruthy();
    // A warning does not stop anybody; the missing repetition does, and has the cursor.
    await waitFor(() => expect(document.activeElement).toBe(field("Once more")));
    await user.keyboard("shirt{Enter}");
    expect(await screen.findByText("The two differ.")).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(asked).not.toContain("changePassphrase");
    await user.clear(field("Once more"));
    await user.type(field("Once more"), "short{Enter}");
    expect(await screen.findByText(/Nobody can recover it: if it is forgotten/)).toBeTruthy();
    await confirmed(/Lock “Support”/, "Cancel");
    expect(asked).not.toContain("changePassphrase");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Set passphrase" }));
    await confirmed(/Lock “Support”/, "Set passphrase");
    expect(await screen.findByText("This workspace has a passphrase.")).toBeTruthy();
    expect((await info())?.encrypted).toBe(true);
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Change it…"));
  });

  it("is changed and removed with the one it has, and says beside the field when that is wrong", async () => {
    const { info, user } = await own({ passphrase: "first passphrase" });
    await user.click(await screen.findByRole("button", { name: "Change it…" }));
    await user.type(field("Passphrase now"), "wrong");
    await user.type(field("New passphrase"), "second passphrase");
    await user.type(field("Once more"), "second passphrase{Enter}");
    await confirmed(/Change the passphrase/, "Change passphrase");
    await waitFor(() => expect(field("Passphrase now").getAttribute("aria-invalid")).toBe("true"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.clear(field("Passphrase now"));
    await user.type(field("Passphrase now"), "first passphrase{Enter}");
    await confirmed(/Change the passphrase/, "Change passphrase");
    await user.click(await screen.findByRole("button", { name: "Remove it…" }));
    await user.type(field("Passphrase now"), "second passphrase{Enter}");
    expect(await screen.findByText(/everybody who can read the file can read all people/)).toBeTruthy();
    await confirmed(/Remove the passphrase/, "Remove passphrase");
    expect(await screen.findByText("This workspace has no passphrase.")).toBeTruthy();
    expect((await info())?.encrypted).toBe(false);
  });

  it("is shown only while the eye is pressed in, and Escape leaves the form", async () => {
    const { user } = await own();
    await user.click(await screen.findByRole("button", { name: "Set a passphrase…" }));
    const eye = screen.getAllByRole("button", { name: "Show what is typed" })[0]!;
    await user.click(eye);
    expect(field("New passphrase").type).toBe("text");
    await user.click(screen.getByRole("button", { name: "Hide what is typed" }));
    expect(field("New passphrase").type).toBe("password");
    await user.type(field("New passphrase"), "{Escape}");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Set a passphrase…"));
  });

  it("is not offered for the sample", async () => {
    drawOnFake(settings);
    expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Set a passphrase…" })).disabled).toBe(true);
    expect(screen.getByText(/The sample holds invented people/)).toBeTruthy();
  });

  it("is cancelled, and has then not changed", async () => {
    const { fake, info, user } = await own();
    // The program takes its time.
    let cancel = () => {};
    const slow = new Promise<void>((resolve) => (cancel = resolve));
    const changePassphrase: typeof fake.commands.changePassphrase = (input, job) => slow.then(() => fake.commands.changePassphrase(input, job));
    setBackendForTests({ ...fake, commands: { ...fake.commands, changePassphrase } });
    await user.click(await screen.findByRole("button", { name: "Set a passphrase…" }));
    await user.type(field("New passphrase"), "first passphrase");
    await user.type(field("Once more"), "first passphrase{Enter}");
    await confirmed(/Lock “Support”/, "Set passphrase");
    expect(await screen.findByText("Making the key…")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByText("Cancelling…")).toBeTruthy();
    cancel();
    await waitFor(() => expect(screen.queryByText("Cancelling…")).toBeNull());
    expect((await info())?.encrypted).toBe(false);
    expect(field("New passphrase").value).toBe("first passphrase");
  });

  it.each(["light", "dark"] as const)("is clean for axe (%s)", async (scheme) => {
    await own({ passphrase: "first passphrase", scheme });
    fireEvent.click(await screen.findByRole("button", { name: "Change it…" }));
    fireEvent.click(screen.getByRole("button", { name: "Change passphrase" }));
    await waitFor(() => expect(field("Passphrase now").getAttribute("aria-invalid")).toBe("true"));
    expect(await axeFindings()).toEqual([]);
  });
});
