import { useCallback } from "react";
import { useWords } from "@/words";
import { asApiError } from "./error";

/** An error in the words of the current language: what happened, and what to do. */
export interface ErrorWords {
  title: string;
  text: string;
  /** Further lines from the source, as they came. */
  detail: readonly string[];
}

/** Turns whatever was thrown into words. */
export function useErrorWords(): (thrown: unknown) => ErrorWords {
  const { t } = useWords();
  return useCallback(
    (thrown: unknown) => {
      const error = asApiError(thrown);
      const problem = error.fields.find(({ code }) => /^(database|interface|settle)\./.test(code));
      if (problem) {
        const values = Object.fromEntries(problem.detail);
        return { title: t(`${problem.code}.title`, values), text: t(`${problem.code}.text`, values), detail: error.detail };
      }
      return { title: t(`error.${error.code}.title`), text: t(`error.${error.code}.text`), detail: error.detail };
    },
    [t],
  );
}
