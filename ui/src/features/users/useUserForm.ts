import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { api } from "@/bridge/client";
import { type ApiError, asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { DeskForm, FieldProblem, UserDetail, UserForm } from "@/bridge/types";
import { useSaveUser } from "@/bridge/writes";
import { type Field, dirtyFields, rebase, withFieldsOf } from "./draft";
import { useKeptDraft } from "./keptDraft";
import { NOT_KEPT, useTypedPassword } from "./typedPassword";

const REST_MS = 300;

/** What somebody else saved while the form was edited. */
export interface Stale {
  /** The form as it is saved now. */
  theirs: UserForm;
  /** Fields that changed meanwhile and do not hold the same here. */
  fields: Field[];
}

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
  /** What somebody saved meanwhile; `null` where nobody did. */
  stale: Stale | null;
  /** Whether the login follows what the desk makes it from. */
  proposing: boolean;
  saving: boolean;
  /** The password that is being typed. It is in no draft: whoever leaves the form types it again. */
  typed: string;
  setTyped: (text: string) => void;
  /** Puts values into fields. */
  change: (fields: Partial<UserForm>) => void;
  /** Takes fields back to what is saved. */
  undo: (...fields: Field[]) => void;
  discard: () => void;
  /** Saves; gives the id, or the field that has to be corrected first, or what went wrong. */
  save: () => Promise<SaveOutcome>;
  /** Goes on with the edits from before. */
  keepRestored: () => void;
  /** Goes on from what is saved now: with my edits on top, but not those of these fields. */
  settleStale: (theirs: ReadonlySet<Field>) => void;
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

/** Proposes a login for somebody new whenever what the desk makes it from has rested. */
function useProposal(active: boolean, desk: DeskForm, form: UserForm, onLogin: (login: string) => void) {
  const from = String(form[desk.login_from as Field]);
  const [rested] = useDebouncedValue(from, REST_MS);
  useEffect(() => {
    if (!active) return undefined;
    let over = false;
    api.proposeLogin({ ...form, [desk.login_from]: rested }).then(
      (login) => (over ? undefined : onLogin(login)),
      // Without a proposal she types one.
      () => undefined,
    );
    return () => {
      over = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the rest of the form has no say in it
  }, [active, desk.login_from, rested, onLogin]);
}

/** The state of a person's form; `draft` is the key under which a new one is kept. Mount it anew for another person. */
export function useUserForm(desk: DeskForm, detail: UserDetail, draft: string | null, onDraftFailed: (error: ApiError) => void): EditedUser {
  const id = detail.id === "" ? null : detail.id;
  const client = useQueryClient();
  const saveUser = useSaveUser();
  const [base, setBase] = useState(detail);
  const [form, setForm] = useState(detail.draft ?? detail.form);
  const [restored, setRestored] = useState(detail.draft !== null);
  const [byHand, setByHand] = useState(id !== null || (detail.draft?.login ?? "") !== "");
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [refused, setRefused] = useState<FieldProblem[]>([]);

  const password = useTypedPassword(form.password);
  const { secret } = password;
  const differing = dirtyFields(base.form, form);
  const dirty: Field[] = secret === "" || differing.includes("password") ? differing : [...differing, "password"];
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

  const put = useKeptDraft(id ?? draft ?? "new", id === null, base.form, form, onDraftFailed);
  const checked = useProblems(id, form, base.problems, dirty.length > 0 || attempted);
  const fitting = secret === "" ? checked : [...checked.filter((one) => one.code !== NOT_KEPT), ...password.problems];
  const known = [...fitting, ...refused.filter((one) => !fitting.some((each) => each.field === one.field && each.code === one.code))];
  // A new form does not complain about fields nobody has been to.
  const problems = known.filter((problem) => id !== null || attempted || touched.has(problem.field));

  const change = useCallback((fields: Partial<UserForm>) => {
    const names = Object.keys(fields);
    setForm((old) => ({ ...old, ...fields }));
    setTouched((old) => (names.every((name) => old.has(name)) ? old : new Set([...old, ...names])));
    setRefused((old) => old.filter((problem) => !names.includes(problem.field)));
    if ("login" in fields) setByHand(true);
  }, []);
  useProposal(!byHand, desk, form, useCallback((login: string) => setForm((old) => (old.login === login ? old : { ...old, login })), []));

  const settle = (now: UserDetail, next: UserForm) => {
    if (next.password !== "typed" || next === now.form) password.set("");
    setBase(now);
    setForm(next);
    setRestored(false);
    setRefused([]);
  };

  const save = async (): Promise<SaveOutcome> => {
    if ((dirty.length === 0 && id !== null) || saveUser.isPending) return { kind: "nothing" };
    setAttempted(true);
    try {
      const found = await Promise.all([api.checkUser(id, form), secret === "" ? [] : api.checkPassword(secret)]);
      const wrong = found.flat().find((problem) => !problem.warning && (secret === "" || problem.code !== NOT_KEPT));
      if (wrong) return { kind: "invalid", field: wrong.field };
      put.cancel();
      const saved = await saveUser.mutateAsync({ input: { id, version: id === null ? null : base.version, form }, draft, typed: secret === "" ? null : secret });
      // What was typed is kept no longer than it is needed.
      saveUser.reset();
      password.set("");
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

  const isStale = moved && !saveUser.isPending && dirty.length > 0;
  const meanwhile = isStale ? dirtyFields(base.form, detail.form).filter((field) => dirtyFields(detail.form, form).includes(field)) : [];
  return {
    base,
    form,
    dirty,
    problems,
    errors: problems.filter((problem) => !problem.warning),
    restored,
    stale: isStale ? { theirs: detail.form, fields: meanwhile } : null,
    proposing: !byHand,
    saving: saveUser.isPending,
    typed: password.text,
    setTyped: (text) => {
      password.set(text);
      setTouched((old) => new Set([...old, "password"]));
      setRefused((old) => old.filter((problem) => problem.field !== "password"));
    },
    change,
    undo: (...fields) => {
      if (fields.includes("password")) password.set("");
      setForm((old) => withFieldsOf(old, base.form, fields));
    },
    discard: () => {
      settle(detail, detail.form);
      setTouched(new Set());
      setAttempted(false);
      setByHand(id !== null);
    },
    save,
    keepRestored: () => setRestored(false),
    settleStale: (theirs) => settle(detail, rebase(base.form, detail.form, form, theirs)),
    takeTheirs: () => settle(detail, detail.form),
  };
}
