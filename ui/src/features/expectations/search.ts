import { api } from "@/bridge/client";
import { choiceOf } from "@/bridge/recordChoice";
import type { Choice } from "@/kit/MultiPick";

const MOST_CHOICES = 50;
const searches = new Map<string, (text: string) => Promise<Choice[]>>();

/** Finds records of a kind; the same function every time, so that a field asks once. */
export function searchIn(entity: string): (text: string) => Promise<Choice[]> {
  const search =
    searches.get(entity) ??
    (async (text: string) => (await api.searchRecords(entity, text, MOST_CHOICES)).map(choiceOf));
  searches.set(entity, search);
  return search;
}
