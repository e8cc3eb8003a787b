/** Where a ticket with those who can see it is, as an address for links. */
export function ticketHref(number: string): string {
  return `#/tickets?${new URLSearchParams({ number }).toString()}`;
}

/** Where the table of what accounts see is. */
export const heatHref = "#/tickets?view=accounts";
