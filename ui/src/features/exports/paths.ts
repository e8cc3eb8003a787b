/** Where what was exported is, as an address for links; with an export's id, that export. */
export const exportsHref = (id?: string): string => (id === undefined ? "#/exports" : `#/exports?id=${encodeURIComponent(id)}`);
