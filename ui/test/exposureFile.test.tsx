// Everybody whom a change concerns, written into a file: from wherever it is told what a change would do.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Backend } from "@/bridge/client";
import { createFake } from "@/bridge/fake";
import type { ExportExposure, Exposure, ExposureSource, Selection, UserForm } from "@/bridge/types";
import { BulkEditor } from "@/features/bulk/BulkEditor";
import { OffboardDialog } from "@/features/bulk/OffboardDialog";
import { SupportDialog } from "@/features/groups/Support";
import { ChangeEffect } from "@/features/history/ChangeEffect";
import { PortalScreen } from "@/features/portal/PortalScreen";
import { DeletingEffect, SavingEffect } from "@/features/records/RecordEffect";
import { PendingEffect } from "@/features/review/PendingEffect";
import { FormEffect } from "@/features/users/FormEffect";
import { PlacesTable } from "@/kit/EffectTables";
import { setLanguage } from "@/words";
import { openWindow, renderKit } from "./render";
import { answer } from "./userform";
import { axeFindings, drawOnFake } from "./withFake";

vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("prompt", (_: string, proposal: string) => proposal);
});
afterEach(() => {
  vi.unstubAllGlobals();
  globalThis.location.hash = "";
});

const everybody: Selection = { ids: [], all: {}, except: [] };
const patience = { timeout: 8000 };

/** A program that keeps what was asked of the export. */
function watched() {
  const fake = createFake("sample", 0);
  const written: ExportExposure[] = [];
  const commands: Backend["commands"] = {
    ...fake.commands,
    exportExposure: (input, job) => {
      written.push(input);
      return fake.commands.exportExposure(input, job);
    },
  };
  return { program: { ...fake, commands }, written };
}

/** Opens all that is told, and asks for the file; the drawer's name is the answer. */
async function writeAll(user: ReturnType<typeof userEvent.setup>, format: "CSV" | "XLSX" = "CSV"): Promise<HTMLElement> {
  await user.click(await screen.findByRole("button", { name: "Show all" }, patience));
  const drawer = (await screen.findAllByRole("dialog")).at(-1)!;
  await user.click(within(drawer).getByRole("button", { name: "Everybody as a file" }));
  await user.click(await screen.findByRole("menuitem", { name: `Export as ${format}…` }));
  return drawer;
}

async function accounts({ commands }: Backend): Promise<[string, string]> {
  const of = async (search: string) => (await answer(commands.listRecords("account", { search, sort: "", descending: false, filters: [], changed: false }, 0, 1))).rows[0]!.id;
  return [await of("brno"), await of("lyon")];
}

/** A person who sees tickets, with her form as it would be without access. */
async function leaver({ commands }: Backend): Promise<[string, UserForm]> {
  const told = await answer(commands.offboardExposure({ people: everybody, options: { status: "invalid", remove: [], end_date: "" }, skip_invalid: true }, "test"));
  const { id } = told.examples[0]!;
  return [id, { ...(await answer(commands.getUser(id))).form, status: "invalid" }];
}

/** Where a change is told of: what is drawn, what is done there, and what the file is of. */
type Place = (program: Backend) => Promise<{ drawn: ReactElement; next?: (user: ReturnType<typeof userEvent.setup>) => Promise<unknown>; source: ExposureSource }>;

const places: Record<string, Place> = {
  "a person's form": async (program) => {
    const [id, form] = await leaver(program);
    return { drawn: <FormEffect id={id} form={form} />, source: { of: "user", id, form } };
  },
  "a record's form": async (program) => {
    const [id] = await accounts(program);
    return { drawn: <SavingEffect entity="account" id={id} form={{ key: "OTHER" }} />, source: { of: "record", entity: "account", id, values: { key: "OTHER" } } };
  },
  "a record's deletion": async (program) => {
    const [id, to] = await accounts(program);
    const how = { how: "move", to };
    return { drawn: <DeletingEffect entity="account" id={id} how={how} />, source: { of: "deletion", entity: "account", id, how } };
  },
  "a setting": async () => ({
    drawn: <SupportDialog asked={{ setting: "CustomerGroupSupport", on: false }} onClose={() => undefined} />,
    source: { of: "settings", settings: [{ name: "CustomerGroupSupport", value: "false" }] },
  }),
  "the portal's settings": async () => ({
    drawn: <PortalScreen />,
    next: async (user) => user.click(within(await screen.findByRole("radiogroup", { name: /Group support/ })).getByRole("radio", { name: "Off" })),
    source: { of: "settings", settings: [{ name: "CustomerGroupSupport", value: "false" }] },
  }),
  "all that is pending": async (program) => {
    const [id, form] = await leaver(program);
    await answer(program.commands.saveUser({ id, version: (await answer(program.commands.getUser(id))).version, form }, null, null));
    return { drawn: <PendingEffect state="1" />, source: { of: "pending" } };
  },
  "taking a change back": async (program) => {
    const [id, form] = await leaver(program);
    await answer(program.commands.saveUser({ id, version: (await answer(program.commands.getUser(id))).version, form }, null, null));
    return { drawn: <ChangeEffect change={7} />, source: { of: "undo", change: 7 } };
  },
  "what came after a change": async (program) => {
    const [id, form] = await leaver(program);
    await answer(program.commands.saveUser({ id, version: (await answer(program.commands.getUser(id))).version, form }, null, null));
    return { drawn: <ChangeEffect change={7} />, next: (user) => user.click(screen.getByRole("radio", { name: "By all that came after it" })), source: { of: "since", change: 7 } };
  },
  offboarding: async (program) => {
    const { statuses, usual, today } = await answer(program.commands.offboardChoices());
    const options = { status: statuses[0]!, remove: usual, end_date: today };
    return { drawn: <OffboardDialog people={everybody} onClose={() => undefined} />, source: { of: "offboard", input: { people: everybody, options, skip_invalid: false } } };
  },
  "the form of many people": async () => ({
    drawn: <BulkEditor people={everybody} onClose={() => undefined} />,
    next: async (user) => {
      const status = await screen.findByRole("radiogroup", { name: "Validity" });
      await user.click(within(status).getByRole("radio", { name: "invalid" }));
    },
    source: { of: "bulk", edit: { people: everybody, edits: [{ field: "status", how: "set", value: "invalid" }], skip_invalid: false } },
  }),
};

/** What the program tells of the source. */
function toldOf({ commands }: Backend, source: ExposureSource): Promise<Exposure> | null {
  if (source.of === "bulk") return answer(commands.bulkExposure(source.edit, "test"));
  if (source.of === "settings") return answer(commands.exposureOfSettings(source.settings, "test"));
  if (source.of === "deletion") return answer(commands.exposureOfDeletion(source.entity, source.id, source.how, "test"));
  return null;
}

describe.each(Object.entries(places))("the file of %s", (_, place) => {
  it("is of just what is told there", async () => {
    const { program, written } = watched();
    const { drawn, next, source } = await place(program);
    drawOnFake(drawn, "sample", "light", "otobo", program);
    const user = userEvent.setup();
    await next?.(user);
    await writeAll(user);
    const told = await toldOf(program, source);
    const rows = told ? (told.affected + told.unknown).toLocaleString("en") : "[1-9][\\d,]*";
    await screen.findByText(new RegExp(`^${rows} rows? written to .*who gains and loses what\\.csv$`));
    expect(written.map((one) => one.source)).toEqual([source]);
  });
});

describe("in the matrix of groups", () => {
  it("cells and a column lead to all who are concerned, and to their file", async () => {
    const { program, written } = watched();
    await openWindow({ at: "/groups", backend: program });
    const user = userEvent.setup();
    await screen.findByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
    await user.click(screen.getByRole("button", { name: "finance: set the column" }));
    await user.click(await screen.findByRole("menuitem", { name: /^Set ro where empty \d+.*gain/ }));
    const question = await screen.findByRole("dialog", { name: "Set ro on finance where there is no right?" });
    await within(question).findByRole("button", { name: "Show all" });
    await writeAll(user, "XLSX");
    await screen.findByText(/^[1-9][\d,]* rows? written to .*\.xlsx$/);
    const of = written[0]?.source;
    expect(of?.of === "column" && [of.edit.permission, of.edit.only_empty]).toEqual(["ro", true]);
    // Escape closes the drawer, not the question beneath it.
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.getAllByRole("dialog")).toEqual([question]));
    await user.click(within(question).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

    const cell = screen.getByRole("gridcell", { name: /^Brno Papír, finance: none$/ });
    fireEvent.click(cell);
    fireEvent.keyDown(screen.getByRole("grid", { name: "Groups" }), { key: "r" });
    await waitFor(() => expect(screen.getAllByRole("button", { name: "Show all" })).toHaveLength(2));
    fireEvent.click(screen.getAllByRole("button", { name: "Show all" })[0]!);
    await user.click(await screen.findByRole("button", { name: "Everybody as a file" }));
    await user.click(await screen.findByRole("menuitem", { name: "Export as CSV…" }));
    await screen.findByText(/^[1-9][\d,]* rows? written to .*\.csv$/);
    expect(await axeFindings()).toEqual([]);
    const cells = written[1]?.source;
    expect(cells?.of === "cells" && cells.edits.cells?.map((one) => one.permissions)).toEqual([["ro"]]);
  });
});

describe("the file", () => {
  it("says how far it is, is stopped, and is then not there", async () => {
    const { program } = watched();
    let stop = () => {};
    const { commands } = program;
    const slow: Backend["commands"] = {
      ...commands,
      exportExposure: () => new Promise((resolve) => {
        stop = () => resolve({ status: "error", error: { code: "cancelled", message: "cancelled", detail: [], fields: [], problems: [] } });
      }),
      cancelJob: (job) => {
        stop();
        return commands.cancelJob(job);
      },
    };
    const [id] = await accounts(program);
    drawOnFake(<SavingEffect entity="account" id={id} form={{ key: "OTHER" }} />, "sample", "light", "otobo", { ...program, commands: slow });
    const user = userEvent.setup();
    const drawer = await writeAll(user);
    expect(await within(drawer).findByText("Looking at people: 0")).toBeTruthy();
    await user.click(within(drawer).getByRole("button", { name: "Everybody as a file" }));
    const entry = await screen.findByRole("menuitem", { name: "Export as CSV…" });
    expect(entry.hasAttribute("disabled")).toBe(true);
    await user.click(within(drawer).getByRole("button", { name: "Everybody as a file" }));
    await user.click(within(drawer).getByRole("button", { name: "Cancel" }));
    await screen.findByText("Export stopped. No file was written.");
    expect(within(drawer).queryByRole("button", { name: "Cancel" })).toBeNull();
  });
});

describe("places of an exposure", () => {
  const some = (count: number) => Array.from({ length: count }, (_, n) => ({ place: `Queue ${n}`, gained: 1, lost: 0 }));
  it("says where there are more than it tells of", () => {
    const { again } = renderKit(<PlacesTable effect={{ by: "queue", places: some(50), places_total: 1234 }} />);
    expect(screen.getByText("The 50 queues with most tickets, of 1,234.")).toBeTruthy();
    again(<PlacesTable effect={{ by: "category", places: some(3), places_total: 3 }} />);
    expect(screen.getAllByRole("row")).toHaveLength(4);
    expect(screen.queryByText(/with most tickets/)).toBeNull();
  });
});

// The language stays for what follows.
describe("the file in German", () => {
  it("has columns and words of the window's language", async () => {
    const { program, written } = watched();
    const [id] = await accounts(program);
    await openWindow({ backend: program, at: `/records/account?id=${id}`, language: "de" });
    const user = userEvent.setup();
    await screen.findByRole("form");
    await user.type(document.querySelector<HTMLInputElement>("#field-key")!, "-X");
    await user.click(await screen.findByRole("button", { name: "Alle zeigen" }, patience));
    const drawer = await screen.findByRole("dialog", { name: "Wird das gespeichert" });
    await user.click(within(drawer).getByRole("button", { name: "Alle als Datei" }));
    await user.click(await screen.findByRole("menuitem", { name: "Als CSV exportieren …" }));
    await screen.findByText(/^\d+ Zeilen? geschrieben: .*wer was gewinnt und verliert\.csv$/);
    expect(written[0]?.columns).toEqual([
      { key: "login", title: "Login", words: [] },
      { key: "name", title: "Name", words: [] },
      { key: "account", title: "Konto", words: [] },
      { key: "gained", title: "Gewonnene Tickets", words: [] },
      { key: "lost", title: "Verlorene Tickets", words: [] },
      { key: "login_change", title: "Anmeldung", words: [["gained", "darf sich anmelden"], ["lost", "darf sich nicht mehr anmelden"]] },
      { key: "unknown", title: "Nicht zu sagen", words: [["yes", "ja"]] },
    ]);
    expect([written[0]?.format, written[0]?.separator]).toEqual(["csv", ";"]);
  });
});

describe("what is told as a setting is assumed", () => {
  it("bears the mark with the setting's name, even where nobody gains or loses", async () => {
    setLanguage("en");
    const fake = createFake("sample", 0, "daktela");
    const of = async (job: string) => {
      const told = await fake.commands.exposureOfPending(job);
      return told.status === "ok" ? { ...told, data: { ...told.data, assumed: ["Portal::Involvement"] } } : told;
    };
    drawOnFake(<PendingEffect state="1" />, "sample", "light", "daktela", { ...fake, commands: { ...fake.commands, exposureOfPending: of } });
    const mark = await screen.findByTitle("Nobody has confirmed the setting Involvement: told as it is assumed.", {}, patience);
    expect(within(mark).getByText("Assumed")).toBeTruthy();
  });
});
