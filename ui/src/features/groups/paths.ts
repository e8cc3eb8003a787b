/** Where an account's right on a group is set in the matrix, as an address for links; `context` is `same` or `other`. */
export function accountRightHref(account: string, group: string, context: string): string {
  const search = new URLSearchParams({ rows: "accounts", context, at: account, col: group });
  return `#/groups?${search.toString()}`;
}
