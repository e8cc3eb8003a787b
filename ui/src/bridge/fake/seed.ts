/** A small repeatable source of chance (mulberry32), so that pictures and tests show the same people. */
export function chance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  return { next, below, pick };
}

export type Chance = ReturnType<typeof chance>;

export const firstNames = [
  "Jana", "Tomáš", "Lucia", "Ingrid", "Jonas", "Friederike", "Aylin", "Björn", "Zdeněk", "Thaddäus", "Anneliese",
  "Jörg", "Kateřina", "Ferenc", "Margarethe", "Hằng", "Ole", "Petr", "Radek", "Agnieszka", "Sinéad", "Wiebke", "Marta",
  "Piotr", "Élodie", "Mathis", "Noor", "Giulia", "Håkon", "Zoé", "Emre", "Katalin", "Rasmus", "Ana", "Luís", "Maaike",
] as const;

export const lastNames = [
  "Nováková", "Marek", "Marino", "Mårtensson", "Meißner", "Menzel", "Metin", "Mikkelsen", "Moravec", "Mühlbauer",
  "Müller", "Münch", "Musilová", "Nagy", "Neumann", "Nguyễn", "Nørgaard", "Novák", "Novotný", "Nowak", "O’Rourke",
  "Harms", "Fontaine", "Kowalczyk", "Lindqvist", "de Vries", "Öztürk", "Szabó", "Ferreira", "Schäfer", "Åkesson",
  "von Hohenstein-Rabenau", "Dubois", "Kaya", "Rossi", "Bakker", "Zielińska", "Horváth", "Costa", "Jansen",
] as const;

export const accountNames: readonly (readonly [string, string])[] = [
  ["AACHEN", "Aachen Logistics"], ["BRNO-PAPIR", "Brno Papír"], ["PLZEN", "Plzeň Strojírna"], ["LYON", "Lyon Optique"],
  ["MALMO", "Malmö Kylteknik"], ["BREMEN", "Bremen Werft"], ["TUEBINGEN", "Tübingen Labor"], ["KOELN", "Köln Medtech"],
  ["ORESUND", "Øresund Marine"], ["GRAZ", "Graz Holzbau"], ["SZEKELY", "Székely Bútor"], ["ZUERICH", "Zürich Apotheken"],
  ["GDANSK", "Gdańsk Port"], ["PORTO", "Porto Cortiça"], ["ANTWERP", "Antwerpen Diamant"], ["KRAKOW", "Kraków Druk"],
];

/** Queue, and the group that owns it. */
export const queueNames: readonly (readonly [string, string])[] = [
  ["Service Desk", "service-desk"], ["Service Desk::Accounts", "service-desk"], ["Hardware", "hardware"],
  ["Hardware::Printers", "hardware"], ["Network", "network"], ["Network::VPN", "network"], ["ERP", "erp"],
  ["Finance::Invoices", "finance"], ["Finance::Reminders", "finance"], ["Legal", "legal"], ["News", "users"],
];

export const groupNames: readonly (readonly [string, string])[] = [
  ["users", "Everybody"], ["service-desk", "First line"], ["hardware", "Devices and printers"],
  ["network", "Lines, VPN, Wi-Fi"], ["erp", "Goods, orders, delivery notes"], ["finance", "Invoices and reminders"],
  ["legal", "Contracts, data protection"],
];

export const titles: readonly (readonly [string, readonly string[]])[] = [
  ["service-desk", ["Monthly report shows the wrong currency", "New colleague needs a handheld by 1 Dec", "Reset of two-factor for M. Peeters",
    "Paper order portal rejects umlauts", "Shared mailbox is full", "Password expires in the holidays"]],
  ["hardware", ["Label printer in hall 3 prints blank", "Roll stand 2: scanner loses its pairing", "Forklift terminal 7 does not start",
    "Print queue AC-02 is stuck", "Docking station flickers", "Battery of the handheld swells"]],
  ["network", ["VPN drops every 20 minutes from Liège", "Wi-Fi at gate B12 too weak for scanning", "Guest network asks for a certificate",
    "Line to the warehouse was down at night"]],
  ["erp", ["ERP: delivery note PDF is empty", "Goods receipt books twice", "Order 88120 hangs in approval"]],
  ["finance", ["Invoice 4711 was charged twice", "Credit note for damaged pallets", "Dunning letter despite payment",
    "Cost centre missing on invoices"]],
  ["legal", ["Draft contract, cold storage Eupen", "Request for data about a former employee"]],
  ["users", ["Planned maintenance on Sunday"]],
];
