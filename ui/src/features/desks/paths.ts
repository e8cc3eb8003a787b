/** Where the import is, as an address for links. */
export const importHref = "#/import";
