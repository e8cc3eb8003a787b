import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "@/words";
import classes from "./FormPanel.module.css";

/** A remark beside a field: what is wrong, or worth a look (`warning`). */
export interface FieldNote {
  text: string;
  warning: boolean;
}

/** What a control needs to be tied to its row's words. */
export interface FieldIds {
  /** Id of the control. */
  id: string;
  /** Id of the label, for controls that are no single input. */
  labelId: string;
  /** Ids of hint and notes; `undefined` where there are none. */
  describedBy: string | undefined;
  /** Whether a note is an error. */
  invalid: boolean;
}

interface FormRowProps {
  /** The field's name in the form; ids are made from it. */
  name: string;
  /** The label, 104 px at the left. */
  label: string;
  /** What the field does, in the desk's own words. */
  hint?: ReactNode;
  /** Errors and warnings, shown beside the field. */
  notes?: FieldNote[];
  /** Whether it differs from what is saved. */
  dirty?: boolean;
  /** What it was before, readable; shown while dirty. */
  was?: ReactNode;
  /** Takes this field back; offered while dirty. */
  onUndo?: () => void;
  /** Saved, but the desk has something else. */
  pending?: boolean;
  /** Whether the label names an input (`label for`) or a group of controls. */
  group?: boolean;
  /** Whether the control is a check box: the label then stands beside it, in the place of the control. */
  check?: boolean;
  /** Whether it must be filled in. */
  required?: boolean;
  /** The control. */
  children: (ids: FieldIds) => ReactNode;
}

/** A label, its control, a hint below, errors beside it, and the mark of an unsaved change. */
export function FormRow(props: FormRowProps) {
  const { name, label, hint, notes = [], dirty = false, was, onUndo, group = false, check = false, pending = false, required = false, children } = props;
  const { t } = useWords();
  const id = `field-${name}`;
  const described = [hint ? `${id}-hint` : "", notes.length > 0 ? `${id}-notes` : ""].filter(Boolean).join(" ");
  const ids: FieldIds = {
    id,
    labelId: `${id}-label`,
    describedBy: described || undefined,
    invalid: notes.some((note) => !note.warning),
  };
  const dot = pending && !dirty ? <span className={classes.pending} role="img" aria-label={t("kit.notExported")} title={t("kit.notExported")} /> : null;
  const named = (
    <Label ids={ids} group={group} required={required}>
      {label}
      {dot}
    </Label>
  );
  return (
    <div className={classes.row} data-dirty={dirty || undefined} data-check={check || undefined} data-field={name}>
      {check ? null : named}
      <div className={classes.control}>
        {check ? (
          <div className={classes.checkLine}>
            {children(ids)}
            {named}
          </div>
        ) : (
          children(ids)
        )}
        {hint ? (
          <div id={`${id}-hint`} className={classes.hint}>
            {hint}
          </div>
        ) : null}
        {notes.length > 0 ? (
          <div id={`${id}-notes`}>
            {notes.map((note) => (
              <p key={note.text} className={classes.note} data-warning={note.warning || undefined}>
                <TriangleAlert size={13} strokeWidth={1.8} aria-hidden="true" className={classes.noteIcon} />
                <span>{note.text}</span>
              </p>
            ))}
          </div>
        ) : null}
        {dirty ? (
          <div className={classes.was}>
            <span>{was ?? t("kit.fieldChanged")}</span>
            {onUndo ? (
              <button type="button" className={classes.undo} onClick={onUndo} aria-label={`${t("kit.undo")}: ${label}`}>
                {t("kit.undo")}
              </button>
            ) : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Label({ ids, group, required, children }: { ids: FieldIds; group: boolean; required: boolean; children: ReactNode }) {
  const shared = { id: ids.labelId, className: classes.label, "data-required": required || undefined };
  return group ? (
    <span {...shared}>{children}</span>
  ) : (
    <label {...shared} htmlFor={ids.id}>
      {children}
    </label>
  );
}

interface FormSectionProps {
  title: string;
  /** Beside the heading, in grey. */
  aside?: ReactNode;
  /** Whether the heading is only heard: its one field says the same. */
  silent?: boolean;
  children: ReactNode;
}

/** A heading within a form, with a line above all but the first. */
export function FormSection({ title, aside, silent = false, children }: FormSectionProps) {
  return (
    <section className={classes.section} aria-label={title} data-silent={silent || undefined}>
      {silent ? null : (
        <div className={classes.sectionHead}>
          <h3 className={classes.sectionTitle}>{title}</h3>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** The form's zone: head above, fields that scroll, foot below. */
export function FormPanel({ head, foot, children, label }: { head: ReactNode; foot?: ReactNode; children: ReactNode; label: string }) {
  return (
    <div className={classes.panel} role="form" aria-label={label}>
      {head}
      <div className={classes.body}>{children}</div>
      {foot}
    </div>
  );
}
