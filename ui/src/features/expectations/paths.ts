/** Where the expectations are, as an address for links; with a person, what that person sees today is offered as expectations. */
export function expectationsHref(from = ""): string {
  return from === "" ? "#/expectations" : `#/expectations?${new URLSearchParams({ from }).toString()}`;
}
