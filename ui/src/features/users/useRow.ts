import type { DeskWords } from "@/bridge/deskWords";
import { useDeskWords } from "@/bridge/deskWords";
import type { FieldProblem } from "@/bridge/types";
import type { FieldNote } from "@/kit/FormPanel";
import type { Field } from "./draft";
import type { FormRowLayout } from "@/bridge/formLayout";
import type { FormContext } from "./formContext";

/** A problem in the words of the window; in English as it came where there are none. */
function noteOf(problem: FieldProblem, { tOr }: DeskWords): FieldNote {
  const values = Object.fromEntries(problem.detail);
  return { text: tOr(problem.code, problem.message, values), warning: problem.warning };
}

/** What every row of the form has: label, hint, problems, unsaved mark, what was there, the way back. */
export function useRow(context: FormContext, row: FormRowLayout) {
  const words = useDeskWords();
  const { edited, text } = context;
  const names = row.fields.map((field) => field.name);
  const changed = edited.dirty.filter((field) => names.includes(field));
  const first = row.fields.find((field) => changed.includes(field.name as Field)) ?? row.fields[0];
  const was = first ? text(first, edited.base.form) : "";
  // Of somebody new, all that is typed is new: only what a template or another person gave was something before.
  const typed = edited.base.id === "" && was === "";
  return {
    name: row.name,
    label: words.d(`field.${row.name}`),
    hint: words.dHas(`hint.${row.name}`) ? words.d(`hint.${row.name}`) : undefined,
    notes: edited.problems.filter((problem) => names.includes(problem.field)).map((problem) => noteOf(problem, words)),
    required: row.fields[0]?.required ?? false,
    dirty: changed.length > 0 && !typed,
    was: was === "" ? words.t("kit.wasNone") : words.t("kit.was", { value: was }),
    pending: edited.base.id !== "" && edited.base.in_desk && edited.base.changed_fields.some((field) => names.includes(field)),
    onUndo: () => edited.undo(...changed),
  };
}
