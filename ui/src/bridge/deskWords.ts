import { useMemo } from "react";
import { type Words, type WordValues, useWords } from "@/words";
import { useWorkspace } from "./reads";

/** Words of forms as the workspace's desk says them; the general ones where it has none of its own. */
export interface DeskWords extends Words {
  /** The text of a key of the area `userform`: `field.login`, `hint.login`, `status.valid`. */
  d: (key: string, values?: WordValues) => string;
  /** Whether the desk, or everybody, has words for it. */
  dHas: (key: string) => boolean;
  /** A status in the desk's words. */
  status: (status: string) => string;
}

/** Words of forms in the terms of a desk. */
export function deskWordsOf(words: Words, desk: string): DeskWords {
  const own = (key: string) => `userform.${desk}.${key}`;
  const d = (key: string, values?: WordValues) => (words.has(own(key)) ? words.t(own(key), values) : words.tOr(`userform.${key}`, key.slice(key.indexOf(".") + 1), values));
  return {
    ...words,
    d,
    dHas: (key) => words.has(own(key)) || words.has(`userform.${key}`),
    status: (status) => d(`status.${status}`),
  };
}

/** Words of forms in the terms of the open workspace's desk. */
export function useDeskWords(): DeskWords {
  const words = useWords();
  const desk = useWorkspace().data?.desk ?? "";
  return useMemo(() => deskWordsOf(words, desk), [words, desk]);
}
