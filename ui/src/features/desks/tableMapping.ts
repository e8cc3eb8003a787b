import type { ColumnOrigin, TableLook, TableMapping } from "@/bridge/types";

/** What somebody chose, by heading; an empty field leaves the column out. */
export type Choices = Readonly<Record<string, string>>;

/** A column of a table, and what it is taken for. */
export interface Column {
  heading: string;
  /** The field; empty where the column is not read. */
  field: string;
  /** Who said so; `said` is whoever sits at the window. */
  origin: ColumnOrigin;
  /** The first things that stand in it, each once. */
  samples: string[];
}

/** How many things of a column are shown. */
const SAMPLES = 3;

/** The columns from left to right. */
export function columnsOf(look: TableLook, choices: Choices): Column[] {
  return look.mapping.columns.slice(0, look.origins.length).map(({ heading, field }, at) => {
    const chosen = choices[heading];
    const changed = chosen !== undefined && chosen !== field;
    const cells = look.rows.map((row) => row[at] ?? "").filter((cell) => cell !== "");
    return { heading, field: chosen ?? field, origin: changed ? "said" : (look.origins[at] ?? "open"), samples: [...new Set(cells)].slice(0, SAMPLES) };
  });
}

/** Takes a column for a field. No field is two columns: another one that was it is left out then. */
export function chosen(columns: readonly Column[], choices: Choices, heading: string, field: string): Choices {
  const other = field === "" ? undefined : columns.find((column) => column.field === field && column.heading !== heading);
  return { ...choices, ...(other ? { [other.heading]: "" } : {}), [heading]: field };
}

/** What the import is told. */
export function mappingOf(look: TableLook, columns: readonly Column[], separator: string): TableMapping {
  return { ...look.mapping, separator, columns: columns.map(({ heading, field }) => ({ heading, field })) };
}

/** The field by which rows find their records; null where no column is one. */
export function keyOf(look: TableLook, columns: readonly Column[]): string | null {
  return look.keys.find((key) => columns.some((column) => column.field === key)) ?? null;
}

/** Fields without which nothing is read, and of which no column is one. */
export function lackingOf(look: TableLook, columns: readonly Column[]): string[] {
  return look.needs.filter((field) => columns.every((column) => column.field !== field));
}

/** Two fields that can only be read together. */
const PAIR = ["read_addresses", "write_addresses"] as const;

/** Which one of a pair is there, and which is not. */
export function halfOf(columns: readonly Column[]): { there: string; missing: string } | null {
  const has = (field: string) => columns.some((column) => column.field === field);
  const [first, second] = PAIR;
  if (has(first) === has(second)) return null;
  return has(first) ? { there: first, missing: second } : { there: second, missing: first };
}
