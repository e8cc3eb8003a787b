import { useDebouncedCallback, useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/bridge/client";
import { type ApiError, asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { FieldProblem, UserDetail, UserForm } from "@/bridge/types";
import { useSaveUser } from "@/bridge/writes";
import { type Field, dirtyFields, rebase, withFieldOf } from "./draft";

const REST_MS = 300;

/** A form as it is being edited, and what can be done with it. */
export interface EditedUser {
  /** What is saved, as far as this form knows. */
  base: UserDetail;
  /** What stands in the fields. */
  form: UserForm;
  /** Fields in which the two differ. */
  dirty: Field[];
  /** What is wrong or worth a look, as far as it is to be shown. */
  problems: FieldProblem[];
  /** Errors that stop a save, as far as they are to be shown. */
  errors: FieldProblem[];
  /** Whether the fields hold edits from before that have not been continued yet. */
  restored: boolean;
  /** Whether somebody saved the person meanwhile. */
  stale: boolean;
  saving: boolean;
  set: <F extends Field>(field: F, value: UserForm[F]) => void;
  undoField: (field: Field) => void;
  discard: () => void;
  /** Saves; gives the id, or the field that has to be corrected first, or what went wrong. */
  save: () => Promise<SaveOutcome>;
  /** Goes on with the edits from before. */
  keepRestored: () => void;
  /** Puts my edits on top of what is saved now. */
  keepMine: () => void;
  /** Takes what is saved now. */
  takeTheirs: () => void;
}

/** How a save ended. */
export type SaveOutcome =
  | { kind: "saved"; id: string }
  | { kind: "nothing" }
  | { kind: "stale" }
  | { kind: "invalid"; field: string }
  | { kind: "failed"; error: ApiError };

/** Problems of the form as it stands, asked once it has rested. */
function useProblems(id: string | null, form: UserForm, saved: FieldProblem[], edited: boolean): FieldProblem[] {
  const [rested] = useDebouncedValue(form, REST_MS);
  const check = useQuery({
    queryKey: ["users", "check", id, rested],
    queryFn: () => api.checkUser(id, rested),
    enabled: edited,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  });
  return edited && check.data ? check.data : saved;
}

/** Keeps the form for later while it differs from what is saved, and forgets it when it does not. */
function useKeptDraft(key: string, base: UserForm, form: UserForm, onFailed: (error: ApiError) => void) {
  const client = useQueryClient();
  const kept = useRef(false);
  const put = useDebouncedCallback(
    (next: UserForm | null) => {
      const done = next === null ? api.discardDraft(key) : api.putDraft(key, next);
      kept.current = next !== null;
      // The cache must not offer an older draft when the person is opened again.
      client.setQueryData<UserDetail>(key === "new" ? keys.newUser(null) : keys.user(key), (old) => old && { ...old, draft: next });
      done.catch((error: unknown) => onFailed(asApiError(error)));
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

/** The state of a person's form. Mount it anew for another person. */
export function useUserForm(detail: UserDetail, onDraftFailed: (error: ApiError) => void): EditedUser {
  const id = detail.id === "" ? null : detail.id;
  const client = useQueryClient();
  const saveUser = useSaveUser();
  const [base, setBase] = useState(detail);
  const [form, setForm] = useState(detail.draft ?? detail.form);
  const [restored, setRestored] = useState(detail.draft !== null);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [refused, setRefused] = useState<FieldProblem[]>([]);

  const dirty = dirtyFields(base.form, form);
  const moved = detail.version !== base.version;
  // Saved elsewhere (undo, import) while nothing is edited here: simply show it.
  if (moved && !saveUser.isPending && (dirty.length === 0 || dirtyFields(detail.form, form).length === 0)) {
    setBase(detail);
    setForm(detail.form);
    setRestored(false);
  } else if (!moved && detail !== base && detail.id === base.id) {
    // Same person, newer surroundings (groups, what is exported).
    setBase(detail);
  }

  const put = useKeptDraft(id ?? "new", base.form, form, onDraftFailed);
  const checked = useProblems(id, form, base.problems, dirty.length > 0 || attempted);
  const known = [...checked, ...refused.filter((one) => !checked.some((each) => each.field === one.field && each.code === one.code))];
  // A new form does not complain about fields nobody has been to.
  const problems = known.filter((problem) => id !== null || attempted || touched.has(problem.field));
  const errors = problems.filter((problem) => !problem.warning);

  const set = useCallback(<F extends Field>(field: F, value: UserForm[F]) => {
    setForm((old) => ({ ...old, [field]: value }));
    setTouched((old) => (old.has(field) ? old : new Set([...old, field])));
    setRefused((old) => old.filter((problem) => problem.field !== field));
  }, []);

  const settle = (now: UserDetail, next: UserForm) => {
    setBase(now);
    setForm(next);
    setRestored(false);
    setRefused([]);
  };

  const save = async (): Promise<SaveOutcome> => {
    if ((dirty.length === 0 && id !== null) || saveUser.isPending) return { kind: "nothing" };
    setAttempted(true);
    try {
      const wrong = (await api.checkUser(id, form)).find((problem) => !problem.warning);
      if (wrong) return { kind: "invalid", field: wrong.field };
      put.cancel();
      const saved = await saveUser.mutateAsync({ id, version: id === null ? null : base.version, form });
      setAttempted(false);
      const now = await client.fetchQuery({ queryKey: keys.user(saved.id), queryFn: () => api.getUser(saved.id) });
      if (id !== null) settle(now, now.form);
      else client.removeQueries({ queryKey: ["users", "new"] });
      return { kind: "saved", id: saved.id };
    } catch (thrown) {
      const error = asApiError(thrown);
      put(form);
      if (error.code === "stale" && id !== null) {
        await client.refetchQueries({ queryKey: keys.user(id) });
        return { kind: "stale" };
      }
      setRefused([...error.fields]);
      const field = error.fields.find((problem) => !problem.warning)?.field;
      return field === undefined ? { kind: "failed", error } : { kind: "invalid", field };
    }
  };

  return {
    base,
    form,
    dirty,
    problems,
    errors,
    restored,
    stale: moved && !saveUser.isPending && dirty.length > 0,
    saving: saveUser.isPending,
    set,
    undoField: (field) => setForm((old) => withFieldOf(old, base.form, field)),
    discard: () => {
      settle(detail, detail.form);
      setTouched(new Set());
      setAttempted(false);
    },
    save,
    keepRestored: () => setRestored(false),
    keepMine: () => settle(detail, rebase(base.form, detail.form, form)),
    takeTheirs: () => settle(detail, detail.form),
  };
}
