import { api } from "@/bridge/client";
import type { RecordChoice } from "@/bridge/types";
import type { Choice } from "@/kit/MultiPick";

/** A record as a field offers it. */
export const toChoice = (found: RecordChoice): Choice => ({
  value: found.id,
  label: found.name,
  key: found.key === found.name ? undefined : found.key,
  note: found.note || undefined,
});

const MOST = 30;
const met = new Map<string, Choice>();
const searches = new Map<string, (text: string) => Promise<Choice[]>>();

/** What a search of this window has found under an id, so that a picked record has its name before it is saved. */
export const metChoice = (id: string): Choice => met.get(id) ?? { value: id, label: id.slice(0, 8) };

/** Finds records of a kind to choose from; the same function every time. */
export function searchOf(entity: string): (text: string) => Promise<Choice[]> {
  const known = searches.get(entity);
  if (known) return known;
  const search = async (text: string) => {
    const found = (await api.searchRecords(entity, text, MOST)).map(toChoice);
    for (const choice of found) met.set(choice.value, choice);
    return found;
  };
  searches.set(entity, search);
  return search;
}
