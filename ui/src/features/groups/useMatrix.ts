import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/bridge/client";
import { jobOf } from "@/bridge/jobs";
import { asApiError } from "@/bridge/error";
import { allTags, invalidate } from "@/bridge/keys";
import type { MatrixEdits, MatrixQuery } from "@/bridge/types";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { type Pending, heldBy } from "./pending";

/** What is there at once: the columns without their counts, and what decides whether rights count. */
export function useMatrixAbout(query: MatrixQuery) {
  return useQuery({ queryKey: ["users", "matrix", "about", query], queryFn: () => api.matrixHead(query, false), placeholderData: keepPreviousData });
}

/** The same, with counts as soon as they are there: of a million rights that takes seconds. */
export function useMatrixHead(query: MatrixQuery) {
  const about = useMatrixAbout(query);
  const counted = useQuery({ queryKey: ["users", "matrix", "head", query], queryFn: () => api.matrixHead(query, true), placeholderData: keepPreviousData });
  // Counts of the query before are better than none, but not beside the totals of this one.
  if (counted.data && (!counted.isPlaceholderData || about.isPlaceholderData)) return counted;
  return about;
}

/** The cells to save. */
export const editsOf = (side: { rows: string; context: string }, pending: Pending): MatrixEdits => ({ ...side, cells: [...pending.values()] });

/** What saving the cells would do; asked anew with every cell, the question before is called off. */
export function useExposureOfCells(side: { rows: string; context: string }, pending: Pending) {
  const edits = editsOf(side, pending);
  return useQuery({
    queryKey: ["preview", "matrix", edits],
    queryFn: ({ signal }) => api.exposureOfCells(edits, jobOf(signal)),
    enabled: pending.size > 0,
    retry: false,
  });
}

/** The cells with what their rows hold by now; cells that are as wanted already, and of rows that are gone, are left out. */
async function onWhatIsThere(side: { rows: string; context: string }, pending: Pending): Promise<Pending> {
  const next = new Map(pending);
  for (const [key, cell] of pending) {
    const place = await api.matrixPlace(side, { id: cell.row });
    const row = place === null ? undefined : (await api.matrixPage(side, place, 1)).rows[0];
    const before = row?.id === cell.row ? heldBy(row, cell.group) : cell.permissions;
    if (before.toSorted().join() === cell.permissions.toSorted().join()) next.delete(key);
    else next.set(key, { ...cell, before });
  }
  return next;
}

/** The cells that are not saved: kept in the workspace until they are. */
export function usePending(side: { rows: string; context: string }) {
  const { t, tOr } = useWords();
  const client = useQueryClient();
  const [pending, setPending] = useState<Pending>(new Map());
  const [saving, setSaving] = useState(false);
  const sideKey = `${side.rows} ${side.context}`;
  const asked = useRef("");
  useEffect(() => {
    if (asked.current === sideKey) return;
    asked.current = sideKey;
    setPending(new Map());
    void api.keptCells().then((kept) => {
      if (!kept || `${kept.rows ?? ""} ${kept.context ?? ""}` !== sideKey || !kept.cells?.length) return;
      setPending(new Map(kept.cells.map((cell) => [`${cell.row} ${cell.group}`, cell])));
      toasts.done(t("matrix.kept"));
    }, () => undefined);
  }, [sideKey, t]);

  const change = useCallback(
    (next: Pending) => {
      setPending(next);
      void api.putCells({ ...side, cells: [...next.values()] }).catch(() => undefined);
    },
    [side],
  );
  const latest = useRef(pending);
  useEffect(() => {
    latest.current = pending;
  });
  // What somebody changed meanwhile becomes what the cells were; what they shall be stays.
  const reload = async () => {
    try {
      const next = await onWhatIsThere(side, latest.current);
      change(next);
      toasts.done(t("matrix.reloaded", { count: next.size }));
    } catch (thrown) {
      const error = asApiError(thrown);
      toasts.failed(tOr(`error.${error.code}.title`, error.message));
    }
  };
  const save = async () => {
    setSaving(true);
    try {
      const saved = await api.saveCells({ ...side, cells: [...pending.values()] });
      setPending(new Map());
      toasts.done(t("matrix.saved", { count: saved.cells }));
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.code === "stale") toasts.failed(t("matrix.stale", { cells: error.detail.join(", ") }), { label: t("matrix.reload"), run: () => void reload() });
      else toasts.failed(tOr(`error.${error.code}.title`, error.message));
    } finally {
      setSaving(false);
      await invalidate(client, allTags);
    }
  };
  return { pending, change, save, saving };
}
