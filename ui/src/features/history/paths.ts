/** Where the log of changes is, as an address for links. */
export const historyHref = "#/history";
