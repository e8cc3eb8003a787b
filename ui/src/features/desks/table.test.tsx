import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import { setLanguage } from "@/words";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { ImportScreen } from "./ImportScreen";

const nothing = () => undefined;
const screenOf = (from = "/home/marta/people.csv") => <ImportScreen onUsers={nothing} onSettings={nothing} onReview={nothing} from={from} />;
const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>("button", { name });
// By label: roles of so many fields take their time.
const field = (heading: string) => screen.getByLabelText<HTMLInputElement>(`Field of ${heading}`, { selector: "input" });
const fieldLater = (heading: string) => screen.findByLabelText<HTMLInputElement>(`Field of ${heading}`, { selector: "input" });
const line = (heading: string) => {
  const found = field(heading).closest("li");
  if (!found) throw new Error(`no line of ${heading}`);
  return found;
};

function choose(heading: string, option: string | RegExp) {
  fireEvent.click(field(heading));
  fireEvent.click(screen.getByRole("option", { name: option }));
}

describe("a table's columns", () => {
  it("are guessed by their headings, each with what stands in it", async () => {
    drawOnFake(screenOf());
    await fieldLater("Benutzername");
    expect(["Benutzername", "Nachname", "Firma", "Gültigkeit", "Schuhgröße"].map((heading) => field(heading).value)).toEqual(["Login", "Last name", "Account", "Validity", "Leave out"]);
    expect(screen.getByText("7 of 9 are read")).toBeTruthy();
    expect(screen.getByText("A row and its record have the same: Login.")).toBeTruthy();
    expect(line("Telefon").textContent).toContain("+420 541 550 209 · +33 4 78 00 11 22");
    expect(line("Telefon").textContent).toContain("guessed by its heading");
    expect(line("Schuhgröße").textContent).toContain("nothing fits its heading");
  });

  it("are changed one by one, and no field is two columns", async () => {
    const { fake } = drawOnFake(screenOf());
    const imported = vi.spyOn(fake.commands, "importDesk");
    await fieldLater("Rolle");
    choose("Rolle", "Title");
    expect(field("Rolle").value).toBe("Title");
    expect(line("Rolle").textContent).toContain("chosen by you");
    // The e-mail address moves: the column that had it is left out.
    fireEvent.click(field("Schuhgröße"));
    fireEvent.click(screen.getByRole("option", { name: /^E-mail\s*now E-Mail$/ }));
    expect([field("Schuhgröße").value, field("E-Mail").value]).toEqual(["E-mail", "Leave out"]);
    fireEvent.click(button("Take my changes back"));
    expect([field("Rolle").value, field("E-Mail").value]).toEqual(["Leave out", "E-mail"]);
    expect(imported).not.toHaveBeenCalled();
  });

  it("are searched by the field's name", async () => {
    drawOnFake(screenOf());
    const found = await fieldLater("Rolle");
    const user = userEvent.setup();
    await user.click(found);
    await user.keyboard("mob");
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["Mobile"]);
    // The first that fits is taken, and what is typed next takes its place.
    await user.keyboard("{Enter}");
    expect(field("Rolle").value).toBe("Mobile");
    await waitFor(() => expect([found.selectionStart, found.selectionEnd]).toEqual([0, "Mobile".length]));
  });

  it("must say which record a row is, and the reason stands there", async () => {
    drawOnFake(screenOf("/home/marta/nameless.csv"));
    await fieldLater("Wer");
    expect(screen.getByRole("alert").textContent).toContain("No column says which record a row is. One of them must be Key in the desk or Login.");
    expect(button("Rehearse").disabled).toBe(true);
    expect(screen.getByText("No column says which record a row is.")).toBeTruthy();
    choose("Wer", "Login");
    await waitFor(() => expect(button("Rehearse").disabled).toBe(false));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("have both of two fields that are read together, or neither", async () => {
    drawOnFake(screenOf(), "sample", "light", "innosoft");
    await fieldLater("Rolle");
    choose("Rolle", "Read permission");
    expect(screen.getByRole("alert").textContent).toContain("can only be read together");
    expect(button("Rehearse").disabled).toBe(true);
    choose("Schuhgröße", "Write permission");
    await waitFor(() => expect(button("Rehearse").disabled).toBe(false));
  });

  it("say what the desk's form wants of new records and no column gives", async () => {
    drawOnFake(screenOf(), "sample", "light", "daktela");
    await fieldLater("Benutzername");
    expect(screen.getByText(/No column for Title, which the desk’s form wants/)).toBeTruthy();
  });

  it("are many: searched, filtered, and drawn fifty at a time", async () => {
    drawOnFake(screenOf("/home/marta/wide.csv"));
    await fieldLater("Benutzername");
    const shown = () => document.querySelectorAll('input[aria-label^="Field of"]').length;
    expect(shown()).toBe(50);
    fireEvent.click(screen.getByText("Show 50 more"));
    expect(shown()).toBe(100);
    fireEvent.change(screen.getByLabelText("Search headings"), { target: { value: "merkmal 19" } });
    await waitFor(() => expect(shown()).toBe(3));
    fireEvent.click(screen.getByLabelText("Left out 193"));
    expect(shown()).toBe(3);
    fireEvent.click(screen.getByLabelText("Read 7"));
    expect(screen.getByText("No such column.")).toBeTruthy();
  }, 60_000);
});

describe("the first rows", () => {
  it("stand as they would be read: new, known, and what is wrong with a cell", async () => {
    drawOnFake(screenOf(), "sample");
    const rows = within(await screen.findByRole("table")).getAllByRole("row").slice(1);
    expect(rows.map((row) => within(row).getByRole("rowheader").textContent)).toEqual(["2known", "3new", "4problem", "5problem"]);
    expect(rows[0]?.textContent).toContain("AACHEN");
    const wrong = screen.getByRole("heading", { name: "Problems in these rows" }).nextElementSibling;
    expect(wrong?.textContent).toContain("no account is called \"Lyon Optik\"");
    expect(wrong?.textContent).toContain("line 5 · Gültigkeit");
  });

  it("follow what is chosen", async () => {
    drawOnFake(screenOf());
    await screen.findByRole("table");
    choose("Firma", "Leave out");
    await waitFor(() => expect(screen.queryByText(/Lyon Optik"; import/)).toBeNull());
    expect(within(screen.getByRole("table")).queryByRole("columnheader", { name: /Account/ })).toBeNull();
  });

  it("may be none", async () => {
    drawOnFake(screenOf("/home/marta/bare.csv"));
    expect(await screen.findByText("There are headings and no rows.")).toBeTruthy();
  });
});

describe("an import of a table", () => {
  it("offers the sheets of a workbook, and what it reads follows", async () => {
    drawOnFake(screenOf("/home/marta/book.xlsx"), "sample", "light", "innosoft");
    await fieldLater("Benutzername");
    expect(screen.queryByRole("radiogroup", { name: "Cells between" })).toBeNull();
    fireEvent.click(screen.getByRole("combobox", { name: "Sheet" }));
    fireEvent.click(screen.getByRole("option", { name: "Adressen" }));
    expect((await fieldLater("Adressnummer")).value).toBe("Number");
    expect(screen.getByRole<HTMLInputElement>("combobox", { name: "Rows are" }).value).toBe("Addresses");
  });

  it("rehearses, imports, and the next table of these headings is as the last one", async () => {
    const fake = createFake("sample", 0, "otobo");
    const first = drawOnFake(screenOf(), "sample", "light", "otobo", fake);
    await fieldLater("Rolle");
    choose("Rolle", "Title");
    await waitFor(() => expect(button("Rehearse").disabled).toBe(false));
    fireEvent.click(button("Rehearse"));
    expect(await screen.findByText("Rehearsed")).toBeTruthy();
    const rows = screen.getByLabelText("Rows: External users");
    expect(rows.textContent).toBe("Rows412New12Changed30Unchanged370");
    // Another choice makes the rehearsal one of something else.
    choose("Telefon", "Leave out");
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    fireEvent.click(button("Rehearse"));
    fireEvent.click(await screen.findByRole("button", { name: "Import" }));
    expect(await screen.findByText("Imported")).toBeTruthy();
    expect(screen.getByText(/nothing of it waits for an export/)).toBeTruthy();
    // What was chosen is what is remembered now: there is nothing to take back.
    await waitFor(() => expect(screen.queryByRole("button", { name: "Take my changes back" })).toBeNull());
    first.unmount();

    drawOnFake(screenOf(), "sample", "light", "otobo", fake);
    expect((await fieldLater("Rolle")).value).toBe("Title");
    expect(screen.getByText("9 columns are taken for what they were in the last import.")).toBeTruthy();
    expect(line("Telefon").textContent).toContain("as in the last import");
    fireEvent.click(button("Guess anew"));
    await waitFor(() => expect([field("Rolle").value, field("Telefon").value]).toEqual(["Leave out", "Phone"]));
    fireEvent.click(button("As in the last import"));
    await waitFor(() => expect(field("Rolle").value).toBe("Title"));
  });

  it("names the first thousand problems and counts the rest, and offers no import", async () => {
    drawOnFake(screenOf("/home/marta/wrong.csv"));
    await fieldLater("Benutzername");
    fireEvent.click(button("Rehearse"));
    const alert = within(await screen.findByRole("alert"));
    const items = alert.getAllByRole("listitem");
    expect([items.length, items[0]?.textContent]).toEqual([1_000, 'no account is called "Nobody 1"; import those first, or do not read this columnpeople.csv · line 2 · Firma']);
    expect(alert.getByText("and 234 more")).toBeTruthy();
    expect(alert.getByText("1,234")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    act(() => setLanguage("de"));
    try {
      expect(alert.getByText("„Nobody 1“ (Konto) gibt es nicht. Solche zuerst importieren, oder diese Spalte nicht lesen.")).toBeTruthy();
    } finally {
      act(() => setLanguage("en"));
    }
  });

  it("says why a file cannot be read, and asks for nothing about it", async () => {
    drawOnFake(screenOf("/home/marta/damaged.xlsx"));
    expect((await screen.findByRole("alert")).textContent).toContain("is no complete workbook");
    expect(screen.queryByRole("combobox", { name: /^Field of/ })).toBeNull();
    expect(button("Rehearse").disabled).toBe(true);
  });

  it("is chosen by a button of its own, and stops when asked", async () => {
    const { asked } = drawOnFake(screenOf(""), "stuck", "light", "zoho");
    vi.spyOn(window, "prompt").mockReturnValue("/home/marta/list.json");
    fireEvent.click(await screen.findByRole("button", { name: "Table…" }));
    await fieldLater("Benutzername");
    fireEvent.click(button("Rehearse"));
    await screen.findByRole("button", { name: "Cancel" });
    expect(field("Rolle").disabled).toBe(true);
    fireEvent.click(button("Cancel"));
    expect(await screen.findByText("Cancelled.")).toBeTruthy();
    expect(asked).toContain("cancelJob");
  });

  it.each([["light", "en"], ["dark", "de"]] as const)("is clean for axe (%s, %s)", async (scheme, language) => {
    setLanguage(language);
    try {
      drawOnFake(screenOf("/home/marta/book.xlsx"), "sample", scheme, "innosoft");
      await screen.findByRole("table");
      expect(await axeFindings()).toEqual([]);
    } finally {
      setLanguage("en");
    }
  }, 20_000);
});

describe("a table of tickets", () => {
  it("is read by its headings, and its first rows are shown as tickets", async () => {
    drawOnFake(screenOf("/home/marta/tickets.csv"));
    await fieldLater("Betreff");
    expect(["Ticket-Nr.", "Betreff", "Kundenbenutzer", "Erstellt am", "Archiviert", "Besitzer"].map((heading) => field(heading).value)).toEqual(["Ticket number", "Title", "Person", "Created", "In the archive", "Leave out"]);
    expect(screen.getByText("A row and its record have the same: Ticket number.")).toBeTruthy();
    const row = within(screen.getByRole("region", { name: "First rows, as they would be read" })).getByText("2026112610000024").closest("tr");
    expect(row?.textContent).toContain("yes");
    expect(button("Rehearse").disabled).toBe(false);
  });

  it("is not rehearsed without a time of creation", async () => {
    drawOnFake(screenOf("/home/marta/undated-tickets.csv"));
    await fieldLater("Wann");
    expect(screen.getByRole("alert").textContent).toContain("No column says Created");
    expect(button("Rehearse").disabled).toBe(true);
    choose("Wann", "Created");
    await waitFor(() => expect(button("Rehearse").disabled).toBe(false));
  });
});
