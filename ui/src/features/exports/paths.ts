/** Where what was exported is, as an address for links; with an export's id, that export. */
export const exportsHref = (id?: string): string => (id === undefined ? "#/exports" : `#/exports?id=${encodeURIComponent(id)}`);

/** Where the export is that an entry of the history is about; null where it is about none, or about one from before there was a ledger. */
export function exportHrefOf(detail: readonly [string, string][]): string | null {
  const id = detail.find(([name]) => name === "export")?.[1];
  return id === undefined ? null : exportsHref(id);
}
