import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import type { Viewer } from "@/bridge/types";

/** How long the form rests before the preview follows, in milliseconds: shorter than the pause between two words. */
const REST = 100;

/** The viewer once the form has rested for a moment; another person is taken at once. */
export function useSettledViewer(viewer: Viewer): Viewer {
  const text = JSON.stringify(viewer);
  const [rested] = useDebouncedValue(text, REST);
  return useMemo(() => {
    const settled = JSON.parse(rested) as Viewer;
    const now = JSON.parse(text) as Viewer;
    // A draft that appears or goes is a change of question, not of a letter.
    const sameQuestion = settled.id === now.id && (settled.draft === null) === (now.draft === null);
    return sameQuestion ? settled : now;
  }, [rested, text]);
}

/** The same person without the draft. */
export function savedOf(viewer: Viewer): Viewer {
  return { id: viewer.id, draft: null, ...(viewer.desk ? { desk: viewer.desk } : {}) };
}
