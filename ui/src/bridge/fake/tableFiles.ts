/** A sheet of a table that the fake has. */
export interface FakeSheet {
  name: string;
  /** The kind of record that its name or its headings tell. */
  kind: string;
  heads: string[];
  rows: string[][];
}

/** A heading without case, umlauts, blanks and signs. */
export const wordOf = (heading: string): string => heading.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss").replace(/[^a-z0-9]/g, "");

/** What headings call a field, beside its own name. */
export const WORDS: Record<string, readonly string[]> = {
  desk_key: ["deskkey", "id"],
  login: ["login", "benutzername", "kennung"],
  first_name: ["firstname", "vorname"],
  last_name: ["lastname", "nachname"],
  email: ["email", "mail"],
  phone: ["phone", "telefon"],
  account: ["account", "firma", "kunde"],
  status: ["status", "gueltigkeit"],
  groups: ["groups", "gruppen"],
  external: ["external", "extern"],
  number: ["number", "adressnummer", "maschinennummer", "ticketnr"],
  name: ["name", "bezeichnung"],
  zip: ["zip", "plz"],
  city: ["city", "ort"],
  key: ["key", "kundennummer"],
  title: ["title", "betreff"],
  person: ["kundenbenutzer"],
  queue: ["queue"],
  state: ["status"],
  created: ["erstelltam"],
  archived: ["archiviert"],
};

const PEOPLE: FakeSheet = {
  name: "Menschen",
  kind: "people",
  heads: ["Benutzername", "Vorname", "Nachname", "E-Mail", "Telefon", "Firma", "Gültigkeit", "Rolle", "Schuhgröße"],
  rows: [
    ["jana.novakova", "Jana", "Nováková", "jana.novakova@brno.example", "+420 541 550 209", "Aachen Logistics", "gültig", "Leitung", "38"],
    ["t.marek", "Tomáš", "Marek", "t.marek@plzen.example", "", "PLZEN", "gültig", "Technik", "44"],
    ["l.marino", "Lucia", "Marino", "l.marino@lyon.example", "+33 4 78 00 11 22", "Lyon Optik", "gültig", "", "37"],
    ["ingrid", "Ingrid", "Mårtensson", "ingrid@malmo.example", "", "MALMO", "eingefroren", "", ""],
  ],
};

const ADDRESSES: FakeSheet = {
  name: "Adressen",
  kind: "addresses",
  heads: ["Adressnummer", "Bezeichnung", "PLZ", "Ort"],
  rows: [["A-1", "Werk Nord", "52062", "Aachen"], ["A-2", "Werk Süd", "52064", "Aachen"]],
};

const TICKETS: FakeSheet = {
  name: "Tickets",
  kind: "tickets",
  heads: ["Ticket-Nr.", "Betreff", "Kundenbenutzer", "Queue", "Status", "Erstellt am", "Archiviert", "Besitzer"],
  rows: [
    ["2026112710000015", "Tor schließt nicht", "jana.novakova", "Field::North", "neu", "2026-11-27 14:30:00", "nein", "root"],
    ["2026112610000024", "Rechnung fehlt", "t.marek", "Billing", "closed successful", "2026-11-26 08:02:11", "ja", "root"],
  ],
};

const LONG = "Zuständige Niederlassung des Kunden laut Rahmenvertrag vom vergangenen Geschäftsjahr (bitte nur in Großbuchstaben ausfüllen und nicht abkürzen)";

/** People with more columns than anybody reads. */
function wide(count: number): FakeSheet {
  const more = Array.from({ length: count - PEOPLE.heads.length }, (_, at) => `Merkmal ${at + 1}`);
  return { ...PEOPLE, heads: [...PEOPLE.heads, ...more], rows: PEOPLE.rows.map((row, line) => [...row, ...more.map((_, at) => (at % 3 === 0 ? "" : `${line + 1}.${at + 1}`))]) };
}

/** The sheets of a table, by what its path says. */
export function sheetsOf(path: string): FakeSheet[] {
  if (path.includes("missing")) return [];
  if (path.includes("tickets")) return [path.includes("undated") ? { ...TICKETS, heads: TICKETS.heads.map((head) => (head === "Erstellt am" ? "Wann" : head)) } : TICKETS];
  if (path.includes("wide")) return [wide(200)];
  if (path.includes("long")) return [{ ...PEOPLE, heads: PEOPLE.heads.map((head, at) => (at === 7 ? LONG : head)), rows: PEOPLE.rows.map((row) => row.map((cell, at) => (at === 7 ? LONG.repeat(2) : cell))) }];
  if (path.includes("nameless")) return [{ ...PEOPLE, heads: PEOPLE.heads.map((head) => (head === "Benutzername" ? "Wer" : head)) }];
  if (path.includes("bare")) return [{ ...PEOPLE, rows: [] }];
  return path.endsWith(".xlsx") ? [PEOPLE, ADDRESSES] : [PEOPLE];
}
