import { useDebouncedCallback } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "@/bridge/client";
import { type ApiError, asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { UserDetail, UserForm } from "@/bridge/types";
import { dirtyFields } from "./draft";

const REST_MS = 300;

/** A key for another new form. */
export function newDraftKey(): string {
  return `new-${crypto.randomUUID()}`;
}

/** Keeps the form for later while it differs from what is saved, and forgets it when it does not. `key` is the person's id, or a new form's own. */
export function useKeptDraft(key: string, isNew: boolean, base: UserForm, form: UserForm, onFailed: (error: ApiError) => void) {
  const client = useQueryClient();
  const kept = useRef(false);
  const put = useDebouncedCallback(
    (next: UserForm | null) => {
      const done = next === null ? api.discardDraft(key) : api.putDraft(key, next);
      kept.current = next !== null;
      // The cache must not offer an older draft when the person is opened again.
      client.setQueryData<UserDetail>(isNew ? keys.newUser(key) : keys.user(key), (old) => old && { ...old, draft: next });
      done.then(
        () => client.invalidateQueries({ queryKey: keys.drafts() }),
        (error: unknown) => onFailed(asApiError(error)),
      );
    },
    { delay: REST_MS, flushOnUnmount: true },
  );
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      kept.current = dirtyFields(base, form).length > 0;
      return;
    }
    const differs = dirtyFields(base, form).length > 0;
    if (differs || kept.current) put(differs ? form : null);
  }, [put, base, form]);
  return put;
}
