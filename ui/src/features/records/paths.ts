/** Where the list of a kind of record is, as an address for links. */
export function recordsHref(entity: string): string {
  return `#/records/${entity}`;
}

/** Where a record's form is, as an address for links. */
export function recordHref(entity: string, id: string): string {
  if (entity === "external_user") return `#/users?${new URLSearchParams({ id }).toString()}`;
  return `${recordsHref(entity)}?${new URLSearchParams({ id }).toString()}`;
}

/** Where the list of what refers to a record by a field is; null where it cannot be narrowed to that. */
export function usageHref(holder: string, field: string, id: string): string | null {
  if (holder === "external_user") {
    const filter = { account: "account", further_accounts: "account", groups: "group" }[field];
    return filter === undefined ? null : `#/users?${new URLSearchParams({ [filter]: id }).toString()}`;
  }
  if (["groups", "objects"].includes(field)) return null;
  return `${recordsHref(holder)}?${new URLSearchParams({ by: `${field}:${id}` }).toString()}`;
}
