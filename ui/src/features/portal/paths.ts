/** The portal's settings. */
export const portalHref = "#/portal";
