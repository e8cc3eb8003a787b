import { useIsFetching, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/bridge/client";
import { jobOf } from "@/bridge/jobs";
import { asApiError } from "@/bridge/error";
import { allTags, invalidate } from "@/bridge/keys";
import type { MatrixColumn, MatrixColumnEdit } from "@/bridge/types";
import { useUndo } from "@/bridge/writes";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";

/** How much of a column is set. */
export type ColumnState = "none" | "some" | "all";

/** How much of a column is set, of so many rows. */
export function stateOf(column: MatrixColumn, total: number): ColumnState {
  const set = column.counts.reduce((sum, [, count]) => sum + count, 0);
  if (set === 0) return "none";
  return set < total ? "some" : "all";
}

/** How many cells of the column would differ. */
export const useColumnCount = (edit: MatrixColumnEdit) =>
  useQuery({ queryKey: ["users", "matrix", "count", edit], queryFn: () => api.countColumn(edit), retry: false });

const EFFECT = ["preview", "matrix", "column"];

/** Working out what changing columns would do: whether somebody stopped it, stopping it, and going on. */
export function useStopping() {
  const client = useQueryClient();
  const [stopped, setStopped] = useState(false);
  return {
    stopped,
    working: useIsFetching({ queryKey: EFFECT }) > 0,
    stop: () => {
      setStopped(true);
      void client.cancelQueries({ queryKey: EFFECT });
    },
    goOn: () => setStopped(false),
  };
}

/** Who would gain and lose what; called off when nobody looks any more. */
export function useColumnEffect(edit: MatrixColumnEdit, enabled: boolean) {
  return useQuery({
    queryKey: [...EFFECT, edit],
    queryFn: ({ signal }) => api.effectOfColumn(edit, jobOf(signal)),
    enabled,
    retry: false,
  });
}

/** Takes the last change back, and says so where that fails. */
export function useTakeBack(): () => void {
  const { tOr } = useWords();
  const undo = useUndo();
  return () =>
    undo.mutate(undefined, {
      onError: (thrown) => {
        const error = asApiError(thrown);
        toasts.failed(tOr(`error.${error.code}.title`, error.message));
      },
    });
}

/** Saves a whole column as one change, with a way back. */
export function useColumnSaving() {
  const { t, tOr, number } = useWords();
  const client = useQueryClient();
  const takeBack = useTakeBack();
  const [saving, setSaving] = useState(false);
  const save = async (edit: MatrixColumnEdit) => {
    setSaving(true);
    try {
      const saved = await api.saveColumn(edit);
      toasts.done(t("matrix.saved", { count: saved.cells, number: number(saved.cells) }), saved.change > 0 ? { label: t("kit.undo"), run: takeBack } : undefined);
    } catch (thrown) {
      const error = asApiError(thrown);
      toasts.failed(tOr(`error.${error.code}.title`, error.message));
    } finally {
      setSaving(false);
      await invalidate(client, allTags);
    }
  };
  return { save, saving };
}
