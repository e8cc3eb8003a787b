import type { FieldValue } from "../bindings.gen";
import { accountNames, chance, firstNames, groupNames, lastNames, queueNames } from "./seed";

/** A record of the directory that is neither a person nor an account nor a group. */
export interface FakeRecord {
  id: string;
  values: Record<string, FieldValue>;
  /** False for what is only named by others. */
  present: boolean;
  version: number;
  /** What the desk has; null for what was created here. */
  base: Record<string, FieldValue> | null;
}

/** By kind of record, then by id. */
export type Directory = Map<string, Map<string, FakeRecord>>;

const record = (id: string, values: Record<string, FieldValue>): [string, FakeRecord] => [
  id,
  { id, values, present: true, version: 1, base: structuredClone(values) },
];

const named = (prefix: string, names: readonly string[], more: (index: number) => Record<string, FieldValue> = () => ({})) =>
  new Map(names.map((name, index) => record(`${prefix}${index}`, { name, status: "valid", ...more(index) })));

const ascii = (text: string): string => text.normalize("NFD").replace(/[^a-zA-Z]/g, "").toLowerCase();

function contacts() {
  const luck = chance(7);
  return new Map(
    Array.from({ length: 60 }, (_, index) => {
      const [first, last, account] = [luck.pick(firstNames), luck.pick(lastNames), luck.below(accountNames.length)];
      const email = `${ascii(first)}.${ascii(last)}@${accountNames[account]?.[0].toLowerCase()}.example`;
      return record(`c${index}`, { title: `${first} ${last}`, first_name: first, last_name: last, account: `a${account}`, email, phone: `+49 30 5550 ${100 + index}`, mobile: "", description: "" });
    }),
  );
}

function places() {
  const luck = chance(11);
  const place = (index: number) => accountNames[index % accountNames.length] as readonly [string, string];
  const addresses = new Map(
    Array.from({ length: 40 }, (_, index) => {
      const [, name] = place(index);
      return record(`ad${index}`, { number: `${10_000 + index}`, name: index < 16 ? name : `${name}, hall ${Math.floor(index / 16)}`, account: `a${index % 16}`, status: "valid", street: `Dock Road ${index + 1}`, zip: `${52_000 + index}`, city: name.split(" ")[0] ?? "", country: "DE" });
    }),
  );
  const machines = new Map(
    Array.from({ length: 80 }, (_, index) =>
      record(`m${index}`, { number: `M-${2_000 + index}`, name: luck.pick(["Press", "Label printer", "Conveyor", "Fork lift", "Packing line"]), address: `ad${luck.below(40)}`, status: "valid", description: "" })),
  );
  return { addresses, machines };
}

/** A portal with pages, apps, folders and items. */
function portal() {
  const found = new Map<string, FakeRecord>();
  const add = (path: string, kind: string, more: Record<string, FieldValue> = {}): string => {
    const id = `o${found.size}`;
    const parent = [...found.values()].find((one) => one.values.path === path.slice(0, path.lastIndexOf("/")))?.id ?? "";
    found.set(...record(id, { path, name: path.slice(path.lastIndexOf("/") + 1), kind, parent, status: "valid", inherits: true, author: "", author_level: "", ...more }));
    return id;
  };
  add("Customer portal", "portal");
  for (const page of ["Home", "Orders", "Knowledge"]) add(`Customer portal/${page}`, "page");
  for (const widget of ["News", "My requests"]) add(`Customer portal/Home/${widget}`, "widget");
  add("Customer portal/Orders/New order", "button");
  add("Requests", "section");
  for (const app of ["Incidents", "Complaints"]) add(`Requests/${app}`, "app");
  for (let item = 1; item <= 12; item += 1) add(`Requests/Incidents/Incident ${item}`, "item", { author: `u${item}`, author_level: "view", inherits: item % 4 !== 0 });
  add("Files", "section");
  for (const folder of ["Contracts", "Manuals"]) add(`Files/${folder}`, "folder", { inherits: folder !== "Contracts" });
  for (let file = 1; file <= 5; file += 1) add(`Files/Manuals/Manual ${file}.pdf`, "file");
  return found;
}

/** All records beside people, accounts and groups; the same every time. */
export function makeDirectory(): Directory {
  const { addresses, machines } = places();
  const groupOf = (name: string) => `g${groupNames.findIndex(([one]) => one === name)}`;
  const kinds = ["new", "open", "pending reminder", "closed", "closed", "merged"];
  return new Map([
    ["contact", contacts()],
    ["address", addresses],
    ["machine", machines],
    ["agent", new Map(["Marta Admin", "Ole Nørgaard", "Wiebke Harms"].map((name, index) => record(`ag${index}`, { login: ascii(name), name, email: `${ascii(name)}@northwind.example`, status: "valid" })))],
    ["queue", named("q", queueNames.map(([name]) => name), (index) => ({ group: groupOf(queueNames[index]?.[1] ?? ""), follow_up: "possible", external_comments: index % 2 === 0 }))],
    ["ticket_type", named("tt", ["Incident", "Request", "Problem", "Unclassified"])],
    ["ticket_state", named("ts", ["new", "open", "pending reminder", "closed successful", "closed unsuccessful", "merged"], (index) => ({ kind: kinds[index] ?? "" }))],
    ["ticket_priority", named("tp", ["1 very low", "2 low", "3 normal", "4 high", "5 very high"])],
    ["service", named("sv", ["Workplace", "Workplace::Printer", "Network", "ERP"])],
    ["portal_object", portal()],
    ["backend", named("b", ["Directory server"], () => ({ group_support: true, description: "" }))],
  ]);
}
