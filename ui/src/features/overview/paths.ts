/** Where the overview is, as an address for links. */
export const overviewHref = "#/overview";
