import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { api } from "@/bridge/client";
import { useDeskWords } from "@/bridge/deskWords";
import { keys } from "@/bridge/keys";
import type { DeskForm, RecordChoice, UserForm } from "@/bridge/types";
import type { Choice } from "@/kit/MultiPick";
import type { Field } from "./draft";

const MOST_CHOICES = 50;

/** The records that a form refers to, by name. */
export interface RecordNames {
  /** A record as people read it, by kind and id. */
  nameOf: (entity: string, id: string) => Choice;
  /** Finds records of a kind. */
  searchIn: (entity: string) => (text: string) => Promise<Choice[]>;
}

const nothing = () => Promise.resolve<Choice[]>([]);

/** The ids that forms hold, by kind of record. */
function idsIn(desk: DeskForm, forms: UserForm[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, entity, kind } of desk.user.fields) {
    // Groups come with the person, all of them.
    if (entity === "" || kind === "rights") continue;
    const ids = found.get(entity) ?? new Set();
    for (const form of forms) {
      const value = form[name as Field];
      if (typeof value === "string" && value !== "") ids.add(value);
      if (Array.isArray(value)) for (const each of value) ids.add(typeof each === "string" ? each : "object" in each ? each.object : each.group);
    }
    found.set(entity, ids);
  }
  return found;
}

/** Names of the records that the forms refer to, and the search for others. */
export function useRecordNames(desk: DeskForm, forms: UserForm[]): RecordNames {
  const words = useDeskWords();
  // What a search found is known at once when it is picked.
  const [met] = useState(() => new Map<string, RecordChoice>());
  const asked = [...idsIn(desk, forms)].filter(([, ids]) => ids.size > 0).map(([entity, ids]) => [entity, [...ids].sort()] as const);
  const answers = useQueries({
    queries: asked.map(([entity, ids]) => ({
      queryKey: keys.labels(entity, ids),
      queryFn: () => api.labels(entity, ids),
      placeholderData: keepPreviousData<RecordChoice[]>,
    })),
  });
  const known = new Map(asked.flatMap(([entity], index) => (answers[index]?.data ?? []).map((each) => [`${entity} ${each.id}`, each] as const)));
  const settled = new Map(asked.map(([entity], index) => [entity, answers[index]?.isPlaceholderData === false && answers[index]?.data !== undefined]));

  const shown = useCallback(
    (found: RecordChoice, entity: string, picking: boolean): Choice => {
      const remark = entity === "portal_object" ? words.d(`objectKind.${found.note}`) : picking ? found.note : "";
      const note = found.present ? remark : words.t("userform.noRecord");
      return { value: found.id, label: found.name || found.key, key: found.key && found.key !== found.name ? found.key : undefined, note: note || undefined };
    },
    [words],
  );
  const searches = useMemo(() => {
    const entities = new Set(desk.user.fields.map((field) => field.entity).filter(Boolean));
    return new Map(
      [...entities].map((entity) => [
        entity,
        async (text: string) => {
          const found = await api.searchRecords(entity, text, MOST_CHOICES);
          for (const each of found) met.set(`${entity} ${each.id}`, each);
          return found.map((each) => shown(each, entity, true));
        },
      ]),
    );
  }, [desk, met, shown]);
  return {
    nameOf: (entity, id) => {
      const found = known.get(`${entity} ${id}`) ?? met.get(`${entity} ${id}`);
      if (found) return shown(found, entity, false);
      return settled.get(entity) ? { value: id, label: id.slice(0, 8), note: words.t("userform.gone") } : { value: id, label: "…" };
    },
    searchIn: (entity) => searches.get(entity) ?? nothing,
  };
}
