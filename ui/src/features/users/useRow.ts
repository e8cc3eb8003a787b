import type { FieldNote } from "@/kit/FormPanel";
import { type Words, useWords } from "@/words";
import type { FieldProblem } from "@/bridge/types";
import type { Field } from "./draft";
import type { EditedUser } from "./useUserForm";

/** A problem in the words of the window; in English as it came where there are none. */
function noteOf(problem: FieldProblem, { tOr }: Words): FieldNote {
  const values = Object.fromEntries(problem.detail);
  return { text: tOr(problem.code, problem.message, values), warning: problem.warning };
}

/** What every row of the form has: label, problems, unsaved mark, the way back. */
export function useRow(edited: EditedUser, field: Field) {
  const words = useWords();
  return {
    name: field,
    label: words.t(`users.field.${field}`),
    notes: edited.problems.filter((problem) => problem.field === field).map((problem) => noteOf(problem, words)),
    dirty: edited.dirty.includes(field),
    pending: edited.base.id !== "" && edited.base.in_desk && edited.base.changed_fields.includes(field),
    onUndo: () => edited.undoField(field),
  };
}
