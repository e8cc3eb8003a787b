import { useMemo, useState } from "react";
import { api } from "@/bridge/client";
import { choiceOf } from "@/bridge/recordChoice";
import type { DeskForm, Spread } from "@/bridge/types";
import type { Choice } from "@/kit/MultiPick";

const MOST_CHOICES = 50;

/** The records that fields refer to: found by text, known by id once they were met. */
export interface RecordSearch {
  nameOf: (entity: string, id: string) => Choice;
  searchIn: (entity: string) => (text: string) => Promise<Choice[]>;
}

/** Records that can be named: those the people have, and those that were searched for. */
export function useRecordSearch(desk: DeskForm, spreads: Spread[]): RecordSearch {
  const [met] = useState(() => new Map<string, Choice>());
  return useMemo(() => {
    const entities = new Map(desk.user.fields.map((field) => [field.name, field.entity]));
    for (const { field, values } of spreads) {
      for (const { value, label } of values) {
        const place = `${entities.get(field) ?? ""} ${value}`;
        if (!met.has(place)) met.set(place, { value, label });
      }
    }
    const searches = new Map(
      [...new Set(entities.values())].map((entity) => [
        entity,
        async (text: string) => {
          const found = (await api.searchRecords(entity, text, MOST_CHOICES)).map(choiceOf);
          for (const choice of found) met.set(`${entity} ${choice.value}`, choice);
          return found;
        },
      ]),
    );
    return {
      nameOf: (entity: string, id: string) => met.get(`${entity} ${id}`) ?? { value: id, label: id.slice(0, 8) },
      searchIn: (entity: string) => searches.get(entity) ?? (() => Promise.resolve([])),
    };
  }, [desk, spreads, met]);
}
