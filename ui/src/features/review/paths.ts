/** Where pending changes are reviewed and exported, as an address for links. */
export const reviewHref = "#/review";
