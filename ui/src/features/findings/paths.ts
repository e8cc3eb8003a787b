/** Where the findings of a kind are, as an address for links. */
export function findingsHref(kind = ""): string {
  return kind === "" ? "#/findings" : `#/findings?${new URLSearchParams({ kind }).toString()}`;
}
