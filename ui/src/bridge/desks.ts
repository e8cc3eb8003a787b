/** A list that an import takes from files. */
export interface DeskList {
  /** What it tells: a word of `desks.list`. */
  tells: string;
  /** The file in which it lies, as the desk's interface names its lists. */
  file: string;
  /** Whether the desk's interface does not give it, so that it is written by hand. */
  byHand?: true;
}

/** A desk that a workspace can be made for. */
export interface Desk {
  id: string;
  /** Its name for people; a proper name, the same in every language. */
  name: string;
  /** Whether its state can be read. */
  canImport: boolean;
  /** Databases it runs on, as the import calls them, with their proper names. */
  databases: readonly { id: string; name: string }[];
  /** Whether it is read from its own database too, and changes are applied to that. */
  connects?: true;
  /** What the address of its interface looks like, where it is read from there too. */
  interface?: string;
  /** Lists that an import takes, those that decide who sees what first; empty where it takes the tables of a database. */
  lists: readonly DeskList[];
}

/** All desks, in the order of the alphabet. */
export const desks: readonly Desk[] = [
  {
    id: "daktela",
    name: "Daktela",
    interface: "https://yours.daktela.com",
    canImport: true,
    databases: [],
    lists: [
      { tells: "people", file: "externalsUsers.json" },
      { tells: "contacts", file: "contacts.json" },
      { tells: "tickets", file: "tickets.json" },
      { tells: "categories", file: "ticketsCategories.json" },
      { tells: "activities", file: "activities.json" },
      { tells: "accounts", file: "accounts.json" },
    ],
  },
  {
    id: "elma365",
    name: "ELMA365",
    interface: "https://yours.elma365.com?app=section/app",
    canImport: true,
    databases: [],
    lists: [
      { tells: "people", file: "app/_system_catalogs/_user_profiles/list.json" },
      { tells: "objects", file: "objects.json", byHand: true },
      { tells: "rights", file: "rights.json", byHand: true },
      { tells: "members", file: "members.json", byHand: true },
      { tells: "groups", file: "groups.json", byHand: true },
      { tells: "items", file: "app/{section}/{app}/list.json" },
      { tells: "accounts", file: "app/_clients/_companies/list.json" },
      { tells: "agents", file: "user/list.json" },
    ],
  },
  {
    id: "innosoft",
    name: "Innosoft FSM",
    canImport: true,
    databases: [],
    lists: [
      { tells: "people", file: "people.csv" },
      { tells: "addresses", file: "addresses.csv" },
      { tells: "persons", file: "contacts.csv" },
      { tells: "machines", file: "machines.csv" },
      { tells: "accounts", file: "accounts.csv" },
      { tells: "groups", file: "groups.csv" },
      { tells: "agents", file: "agents.csv" },
      { tells: "types", file: "ticket-types.csv" },
      { tells: "statuses", file: "ticket-states.csv" },
    ],
  },
  {
    id: "otobo",
    name: "OTOBO / Znuny",
    canImport: true,
    databases: [
      { id: "postgresql", name: "PostgreSQL" },
      { id: "mysql", name: "MySQL / MariaDB" },
    ],
    connects: true,
    lists: [],
  },
  {
    id: "zoho",
    name: "Zoho Desk",
    interface: "https://desk.zoho.com?orgId=12345",
    canImport: true,
    databases: [],
    lists: [
      { tells: "people", file: "contacts.json" },
      { tells: "accounts", file: "accounts.json" },
      { tells: "switches", file: "accounts/{id}/contacts.json" },
      { tells: "tickets", file: "tickets.json" },
      { tells: "texts", file: "tickets/{id}/conversations.json" },
      { tells: "departments", file: "departments.json" },
      { tells: "active", file: "contacts/{id}/helpCenters.json" },
      { tells: "groups", file: "groups.json" },
      { tells: "members", file: "groups/{id}/users.json" },
    ],
  },
];

/** The desks whose state can be read. */
export const desksToImport: readonly Desk[] = desks.filter((desk) => desk.canImport);

/** Whether what a desk gives are tables that people save, which tell a part of it alone. */
export function givesTables(desk: string): boolean {
  return deskOf(desk)?.lists[0]?.file.endsWith(".csv") ?? false;
}

/** A desk by its id. */
export function deskOf(id: string): Desk | undefined {
  return desks.find((desk) => desk.id === id);
}
