/** Where the list of accounts is, as an address for links. */
export const accountsHref = "#/accounts";
/** Where the list of groups is, as an address for links. */
export const groupsHref = "#/groups";
