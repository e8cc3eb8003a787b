/** A place in a matrix: row -1 is the head, column 0 the names. */
export interface Place {
  row: number;
  column: number;
}

/** What a key asks for. */
export type MatrixKey = { kind: "move"; to: Place } | { kind: "act"; enter: boolean } | { kind: "letter"; letter: string };

interface Pressed {
  key: string;
  ctrlKey: boolean;
}

/** How large the matrix is. */
interface Extent {
  rows: number;
  columns: number;
  pageRows: number;
}

/** What a key means at a place; `null` for keys that mean nothing here. */
export function keyOf(event: Pressed, at: Place, { rows, columns, pageRows }: Extent): MatrixKey | null {
  const { key, ctrlKey } = event;
  const moves: Record<string, Place> = {
    ArrowDown: { ...at, row: at.row + 1 },
    ArrowUp: { ...at, row: at.row - 1 },
    ArrowRight: { ...at, column: at.column + 1 },
    ArrowLeft: { ...at, column: at.column - 1 },
    PageDown: { ...at, row: at.row + pageRows },
    PageUp: { ...at, row: Math.max(0, at.row - pageRows) },
    Home: ctrlKey ? { row: 0, column: 0 } : { ...at, column: 0 },
    End: ctrlKey ? { row: rows - 1, column: columns } : { ...at, column: columns },
  };
  const to = moves[key];
  if (to !== undefined) return { kind: "move", to };
  if (ctrlKey) return null;
  if (key === " " || key === "Enter") return { kind: "act", enter: key === "Enter" };
  return key.length === 1 ? { kind: "letter", letter: key } : null;
}
