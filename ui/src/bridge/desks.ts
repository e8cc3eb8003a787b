/** A desk that Portico can read and write. */
export interface Desk {
  id: string;
  /** Its name for people; a proper name, the same in every language. */
  name: string;
  /** Databases it runs on, as the import calls them, with their proper names. */
  databases: readonly { id: string; name: string }[];
}

/** All desks, in the order of the alphabet. */
export const desks: readonly Desk[] = [
  {
    id: "otobo",
    name: "OTOBO / Znuny",
    databases: [
      { id: "postgresql", name: "PostgreSQL" },
      { id: "mysql", name: "MySQL / MariaDB" },
    ],
  },
];

/** A desk by its id. */
export function deskOf(id: string): Desk | undefined {
  return desks.find((desk) => desk.id === id);
}
