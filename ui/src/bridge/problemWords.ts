import { useCallback } from "react";
import { type Words, useWords } from "@/words";
import type { Problem } from "./types";

/** What a reader says of a source, in the words of the current language. */
export function useProblemWords(): (problem: Problem) => string {
  const words = useWords();
  return useCallback((problem: Problem) => said(words, problem), [words]);
}

function said({ tOr }: Words, { code, detail, message }: Problem): string {
  // Nouns for kinds of record are words too.
  const values = detail.map(([name, value]) => [name, name === "noun" ? tOr(`source.noun.${value}`, value) : value]);
  return tOr(code, message, Object.fromEntries(values) as Record<string, string>);
}

/** Where a problem lies, so that a person finds it. */
export function placeOf({ t }: Words, { file, line, column }: Problem): string {
  return [file, line > 0 ? t("desks.line", { line }) : "", column].filter(Boolean).join(" · ");
}
