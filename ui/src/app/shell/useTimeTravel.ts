import { asApiError } from "@/bridge/error";
import { intentText } from "@/bridge/intentText";
import type { WorkspaceInfo } from "@/bridge/types";
import { useRedo, useUndo } from "@/bridge/writes";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";

/** Undo and redo over the history of the workspace, with a word about what was done. */
export function useTimeTravel(info: WorkspaceInfo) {
  const words = useWords();
  const { t, tOr } = words;
  const what = (meant: WorkspaceInfo["undo"]) => (meant ? intentText(words, meant) : "");
  const undo = useUndo();
  const redo = useRedo();
  const failed = (thrown: unknown) => {
    const error = asApiError(thrown);
    toasts.failed(tOr(`error.${error.code}.title`, error.message));
  };
  const canUndo = info.undo !== null && !info.read_only && !undo.isPending;
  const canRedo = info.redo !== null && !info.read_only && !redo.isPending;
  return {
    canUndo,
    canRedo,
    undo: () => {
      if (!canUndo) return;
      undo.mutate(undefined, { onSuccess: () => toasts.done(t("app.undone", { what: what(info.undo) })), onError: failed });
    },
    redo: () => {
      if (!canRedo) return;
      redo.mutate(undefined, { onSuccess: () => toasts.done(t("app.redone", { what: what(info.redo) })), onError: failed });
    },
  };
}
