import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Cursor, WhoCursor } from "./bindings.gen";
import { api } from "./client";
import { keys } from "./keys";

/** Tickets that fit a text, newest first, stretch after stretch: one stretch looks at a part of all of them. */
export function useFoundTickets(text: string) {
  return useInfiniteQuery({
    queryKey: keys.tickets(text),
    queryFn: ({ pageParam }) => api.findTickets(text, pageParam),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** What a ticket's head says, and what was said on it. */
export function useTicketHead(number: string) {
  return useQuery({ queryKey: keys.ticketHead(number), queryFn: () => api.ticketHead(number), retry: false });
}

/** How many people can see a ticket, or what was said at a position on it. */
export function useWhoCount(number: string, activity: number | null) {
  return useQuery({ queryKey: keys.whoCount(number, activity), queryFn: () => api.whoCount(number, activity) });
}

/** Those who can see it, page after page. */
export function useWho(number: string, activity: number | null, part: string) {
  return useInfiniteQuery({
    queryKey: keys.who(number, activity, part),
    queryFn: ({ pageParam }) => api.whoPage({ ticket: number, activity, part, after: pageParam }),
    initialPageParam: null as WhoCursor | null,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
