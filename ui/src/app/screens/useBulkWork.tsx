import { ArrowLeftRight, Pencil, UserX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useWorkspace } from "@/bridge/reads";
import type { Selection } from "@/bridge/types";
import { BulkEditor } from "@/features/bulk/BulkEditor";
import { OffboardDialog } from "@/features/bulk/OffboardDialog";
import { CompareDialog } from "@/features/compare/CompareDialog";
import { bulkKeys } from "@/features/bulk/paths";
import type { BulkAction } from "@/kit/BulkBar";
import { useWords } from "@/words";

interface BulkWork {
  /** What can be done with selected people. */
  actionsFor: (people: Selection) => BulkAction[];
  /** The form of many people, while it is open; it takes the place of one person's. */
  editor: ReactNode;
  /** The dialog that ends people's access, open or not. */
  dialog: ReactNode;
  /** Asks what ending a person's access would do. */
  offboard: (people: Selection) => void;
  /** Holds people against each other. */
  compare: (ids: readonly string[]) => void;
}

const ids = (people: Selection) => people.ids ?? [];

function backToList(): void {
  document.querySelector<HTMLElement>('[data-zone="list"] [role="grid"]')?.focus();
}

/** Editing and offboarding the people who are selected in the list. */
export function useBulkWork(): BulkWork {
  const { t } = useWords();
  const workspace = useWorkspace().data;
  const readOnly = workspace?.read_only ?? false;
  const canPreview = workspace?.preview ?? false;
  const [edited, setEdited] = useState<Selection | null>(null);
  const [compared, setCompared] = useState<readonly string[] | null>(null);
  const [leaving, setLeaving] = useState<Selection | null>(null);
  const closeEditor = () => {
    setEdited(null);
    backToList();
  };
  return {
    actionsFor: (people) => [
      { key: "edit", label: t("bulk.edit"), icon: Pencil, shortcut: bulkKeys.edit, disabled: readOnly, run: () => setEdited(people) },
      { key: "offboard", label: t("bulk.offboard"), icon: UserX, shortcut: bulkKeys.offboard, disabled: readOnly, run: () => setLeaving(people) },
      // Two can be held against each other.
      ...(canPreview && (people.all ?? null) === null && ids(people).length === 2 ? [{ key: "compare", label: t("compare.two"), icon: ArrowLeftRight, run: () => setCompared(ids(people)) }] : []),
    ],
    editor: edited ? <BulkEditor key={JSON.stringify(edited)} people={edited} onClose={closeEditor} /> : null,
    dialog: (
      <>
        <OffboardDialog people={leaving} onClose={() => setLeaving(null)} />
        {compared ? <CompareDialog people={compared} onClose={() => setCompared(null)} /> : null}
      </>
    ),
    offboard: setLeaving,
    compare: setCompared,
  };
}
