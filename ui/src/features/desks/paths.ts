/** Where the import is, as an address for links. */
export const importHref = "#/import";
/** The same with a source that is chosen already. */
export const importOf = (path: string): string => (path === "" ? importHref : `${importHref}?path=${encodeURIComponent(path)}`);
