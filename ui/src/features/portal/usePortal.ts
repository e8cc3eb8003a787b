import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { asApiError } from "@/bridge/error";
import type { FieldProblem, SettingInput, SettingValue, WorkspaceInfo } from "@/bridge/types";
import { usePutSettingsDraft, useSetSettings } from "@/bridge/writes";
import { holding } from "./settingValue";

/** Settings as they are edited: what is changed but not saved, and how it goes. */
export interface PortalForm {
  workspace: WorkspaceInfo;
  /** What is changed, by name; null makes a setting unknown again. */
  changes: ReadonlyMap<string, string | null>;
  /** The changes, as they would be saved. */
  inputs: SettingInput[];
  /** What does not fit, beside each setting. */
  problems: readonly FieldProblem[];
  saving: boolean;
  /** Why the last save failed as a whole. */
  error: unknown;
  /** The value as it stands on the screen. */
  valueOf: (setting: SettingValue) => string | null;
  edit: (setting: SettingValue, value: string | null) => void;
  /** Takes one setting back to what is saved. */
  revert: (name: string) => void;
  discard: () => void;
  save: () => void;
}

/** How long one types before a draft is kept, in milliseconds. */
const PAUSE = 300;

/** Holds what is edited of the portal's settings, beginning with what was kept, and keeps it: a crash loses nothing. */
export function usePortal(workspace: WorkspaceInfo, kept: SettingInput[]): PortalForm {
  const [changes, setChanges] = useState<ReadonlyMap<string, string | null>>(new Map(kept.map((one) => [one.name, one.value])));
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const put = usePutSettingsDraft().mutate;
  const set = useSetSettings();
  const inputs = useMemo(() => [...changes].map(([name, value]) => ({ name, value })), [changes]);
  const known = useRef(inputs);
  useEffect(() => {
    if (known.current === inputs) return undefined;
    const later = setTimeout(() => {
      known.current = inputs;
      put(inputs);
    }, PAUSE);
    return () => clearTimeout(later);
  }, [inputs, put]);
  // Who leaves at once has not waited for the pause.
  const leaving = useRef(() => undefined as void);
  useEffect(() => {
    leaving.current = () => {
      if (known.current !== inputs) put(inputs);
    };
  });
  useEffect(() => () => leaving.current(), []);

  const edit = useCallback((setting: SettingValue, value: string | null) => {
    setProblems((now) => now.filter((one) => one.field !== setting.name));
    setChanges((now) => {
      const next = new Map(now);
      if (value === setting.value) next.delete(setting.name);
      else next.set(setting.name, value);
      return next;
    });
  }, []);
  const revert = useCallback((name: string) => {
    setProblems((now) => now.filter((one) => one.field !== name));
    setChanges((now) => new Map([...now].filter(([key]) => key !== name)));
  }, []);
  const discard = useCallback(() => {
    setProblems([]);
    setChanges(new Map());
  }, []);

  return {
    workspace,
    changes,
    inputs,
    problems,
    saving: set.isPending,
    error: set.error && asApiError(set.error).fields.length === 0 ? set.error : null,
    valueOf: (setting) => changes.get(setting.name) ?? (changes.has(setting.name) ? forgotten(setting) : holding(setting)),
    edit,
    revert,
    discard,
    save: () =>
      set.mutate(inputs, {
        onSuccess: discard,
        onError: (thrown) => setProblems(asApiError(thrown).fields),
      }),
  };
}

/** What holds once nobody has said any more. */
function forgotten(setting: SettingValue): string | null {
  return setting.assumed ? setting.default : null;
}
