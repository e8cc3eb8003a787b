/** Where the settings are, as an address for links. */
export const settingsHref = "#/settings";
