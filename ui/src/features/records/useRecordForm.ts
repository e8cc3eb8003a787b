import { useDebouncedCallback, useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "@/bridge/client";
import { type ApiError, asApiError } from "@/bridge/error";
import { allTags, invalidate, keys } from "@/bridge/keys";
import type { FieldProblem, FieldValue, RecordDetail } from "@/bridge/types";
import { type Values, dirtyFields, rebase } from "./values";

const REST_MS = 300;

/** How a save ended. */
export type SaveOutcome = { kind: "saved"; id: string } | { kind: "nothing" } | { kind: "stale" } | { kind: "invalid"; field: string } | { kind: "failed"; error: ApiError };

/** A record's form as it is being edited, and what can be done with it. */
export interface EditedRecord {
  base: RecordDetail;
  form: Values;
  dirty: string[];
  /** What is wrong or worth a look, as far as it is to be shown. */
  problems: FieldProblem[];
  errors: FieldProblem[];
  /** Whether it could be saved as it is, as far as it is known. */
  sound: boolean;
  /** Whether the fields hold edits from before that have not been continued yet. */
  restored: boolean;
  /** Whether somebody saved the record meanwhile. */
  stale: boolean;
  saving: boolean;
  set: (field: string, value: FieldValue) => void;
  undoField: (field: string) => void;
  discard: () => void;
  save: () => Promise<SaveOutcome>;
  keepRestored: () => void;
  keepMine: () => void;
  takeTheirs: () => void;
}

/** Keeps the form for later while it differs from what is saved, and forgets it when it does not. */
function useKeptDraft(entity: string, id: string | null, base: Values, form: Values, onFailed: (error: ApiError) => void) {
  const client = useQueryClient();
  const kept = useRef(false);
  const put = useDebouncedCallback(
    (next: Values | null) => {
      kept.current = next !== null;
      const done = next === null ? api.discardRecordDraft(entity, id) : api.putRecordDraft(entity, id, next);
      // The cache must not offer an older draft when the record is opened again.
      client.setQueryData<RecordDetail>(keys.record(entity, id), (old) => old && { ...old, draft: next });
      done.catch((error: unknown) => onFailed(asApiError(error)));
    },
    { delay: REST_MS, flushOnUnmount: true },
  );
  const first = useRef(true);
  useEffect(() => {
    const differs = dirtyFields(base, form).length > 0;
    if (first.current) {
      first.current = false;
      kept.current = differs;
    } else if (differs || kept.current) put(differs ? form : null);
  }, [put, base, form]);
  return put;
}

/** The state of a record's form. Mount it anew for another record. */
export function useRecordForm(detail: RecordDetail, onDraftFailed: (error: ApiError) => void): EditedRecord {
  const { entity } = detail;
  const id = detail.id === "" ? null : detail.id;
  const client = useQueryClient();
  const [base, setBase] = useState(detail);
  const [form, setForm] = useState<Values>(detail.draft ?? detail.values);
  const [restored, setRestored] = useState(detail.draft !== null);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [saving, setSaving] = useState(false);

  const settle = (now: RecordDetail, next: Values) => {
    setBase(now);
    setForm(next);
    setRestored(false);
  };
  const dirty = dirtyFields(base.values, form);
  const moved = detail.version !== base.version;
  // Saved elsewhere (undo, import) while nothing is edited here: simply show it.
  if (moved && !saving && (dirty.length === 0 || dirtyFields(detail.values, form).length === 0)) settle(detail, detail.values);
  else if (!moved && detail !== base && detail.id === base.id) setBase(detail);

  const put = useKeptDraft(entity, id, base.values, form, onDraftFailed);
  const edited = dirty.length > 0 || attempted;
  const [rested] = useDebouncedValue(form, REST_MS);
  const check = useQuery({
    queryKey: ["users", "check-record", entity, id, rested],
    queryFn: () => api.checkRecord(entity, id, rested),
    enabled: edited,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const known = edited && check.data ? check.data : base.problems;
  // A new form does not complain about fields nobody has been to.
  const problems = known.filter((problem) => id !== null || attempted || touched.has(problem.field));

  const save = async (): Promise<SaveOutcome> => {
    if ((dirty.length === 0 && id !== null) || saving) return { kind: "nothing" };
    setAttempted(true);
    setSaving(true);
    try {
      const wrong = (await api.checkRecord(entity, id, form)).find((problem) => !problem.warning);
      if (wrong) return { kind: "invalid", field: wrong.field };
      put.cancel();
      const saved = await api.saveRecord({ entity, id, version: id === null ? null : base.version, values: form });
      setAttempted(false);
      await invalidate(client, allTags);
      if (id === null) client.removeQueries({ queryKey: keys.record(entity, null) });
      else {
        const now = await client.fetchQuery({ queryKey: keys.record(entity, id), queryFn: () => api.getRecord(entity, id) });
        settle(now, now.values);
      }
      return { kind: "saved", id: saved.id };
    } catch (thrown) {
      const error = asApiError(thrown);
      put(form);
      if (error.code === "stale" && id !== null) {
        await client.refetchQueries({ queryKey: keys.record(entity, id) });
        return { kind: "stale" };
      }
      const field = error.fields.find((problem) => !problem.warning)?.field;
      return field === undefined ? { kind: "failed", error } : { kind: "invalid", field };
    } finally {
      setSaving(false);
    }
  };

  return {
    base, form, dirty, problems, restored, saving, save,
    errors: problems.filter((problem) => !problem.warning),
    sound: known.every((problem) => problem.warning),
    stale: moved && !saving && dirty.length > 0,
    set: (field, value) => {
      setForm((old) => ({ ...old, [field]: value }));
      setTouched((old) => new Set([...old, field]));
    },
    undoField: (field) => setForm((old) => ({ ...old, [field]: base.values[field] ?? "" })),
    discard: () => {
      settle(detail, detail.values);
      setTouched(new Set());
      setAttempted(false);
    },
    keepRestored: () => setRestored(false),
    keepMine: () => settle(detail, rebase(base.values, detail.values, form)),
    takeTheirs: () => settle(detail, detail.values),
  };
}
