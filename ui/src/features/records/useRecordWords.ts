import { useMemo } from "react";
import { type Words, useWords } from "@/words";

/** Names of kinds of records and of their fields, as the workspace's desk calls them. */
export interface RecordWords extends Words {
  /** One of a kind: "Queue". */
  one: (entity: string) => string;
  /** All of a kind: "Queues". */
  many: (entity: string) => string;
  /** A field of a kind. */
  field: (entity: string, field: string) => string;
}

/** The words for records; a desk's own name comes before the common one. */
export function useRecordWords(desk: string): RecordWords {
  const words = useWords();
  return useMemo(() => {
    const own = (key: string, otherwise: string) => words.tOr(`records.${desk}.${key}`, words.tOr(`records.${key}`, otherwise));
    return {
      ...words,
      one: (entity) => own(`entity.${entity}`, entity),
      many: (entity) => own(`entities.${entity}`, entity),
      field: (entity, field) => own(`fieldOf.${entity}.${field}`, words.tOr(`records.field.${field}`, field)),
    };
  }, [words, desk]);
}
