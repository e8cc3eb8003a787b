/** What stands between the cells of pasted lines: tabs come from spreadsheets, semicolons from files and by hand. */
function separatorOf(text: string): string | null {
  if (text.includes("\t")) return "\t";
  if (text.includes(";")) return ";";
  // A comma may be part of a name; between e-mail addresses it is not.
  return /@[^\s,]+\s*,/.test(text) ? "," : null;
}

/** The cells of pasted text, line by line, without quotes and empty lines. Quoted cells may hold separators and line breaks. */
export function pastedRows(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.some((each) => each !== "")) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (quoted && sign === '"') quoted = false;
    else if (quoted) cell += sign;
    else if (sign === '"' && cell.trim() === "") {
      quoted = closes(text, at);
      cell = quoted ? "" : sign;
    } else if (sign === separator) endCell();
    else if (sign === "\n" || sign === "\r") endRow();
    else cell += sign;
  }
  endRow();
  return rows;
}

/** Whether a quote that opens is closed again; a lone one is part of the text. */
function closes(text: string, at: number): boolean {
  return text.indexOf('"', at + 1) > 0;
}

/** The columns of pasted text, from left to right. Cells of a single line stand for a list of their own. */
export function pastedColumns(text: string): string[][] {
  const rows = pastedRows(text);
  const [first] = rows;
  if (!first) return [];
  if (rows.length === 1) return [first.filter((cell) => cell !== "")];
  const width = Math.max(...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, place) => rows.map((row) => row[place] ?? "").filter((cell) => cell !== ""));
  return columns.filter((column) => column.length > 0);
}

/** The entries of pasted text: its only column, or its first. */
export function pastedList(text: string): string[] {
  return pastedColumns(text)[0] ?? [];
}

/** The address in "Jane Novak <jane@acme.example>"; what has no brackets is one already. */
export function addressOf(text: string): string {
  return /<([^<>]+)>\s*$/.exec(text)?.[1]?.trim() ?? text;
}
