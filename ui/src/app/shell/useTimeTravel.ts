import { asApiError } from "@/bridge/error";
import type { WorkspaceInfo } from "@/bridge/types";
import { useRedo, useUndo } from "@/bridge/writes";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";

/** Undo and redo over the history of the workspace, with a word about what was done. */
export function useTimeTravel(info: WorkspaceInfo) {
  const { t, tOr } = useWords();
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
      undo.mutate(undefined, { onSuccess: () => toasts.done(t("app.undone", { what: tOr(info.undo ?? "", "") })), onError: failed });
    },
    redo: () => {
      if (!canRedo) return;
      redo.mutate(undefined, { onSuccess: () => toasts.done(t("app.redone", { what: tOr(info.redo ?? "", "") })), onError: failed });
    },
  };
}
