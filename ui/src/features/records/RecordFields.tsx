import { Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { DeskForm, FieldInfo } from "@/bridge/types";
import { type FieldIds, FormRow, FormSection } from "@/kit/FormPanel";
import { MoreFields } from "@/kit/MoreFields";
import { MultiPick } from "@/kit/MultiPick";
import { Segments } from "@/kit/Segments";
import { TextField } from "@/kit/TextField";
import { metChoice, searchOf, toChoice } from "./choices";
import { LevelsField } from "./LevelsField";
import type { EditedRecord } from "./useRecordForm";
import type { RecordWords } from "./useRecordWords";
import { textOf } from "./values";
import classes from "./Records.module.css";

interface FieldsProps {
  edited: EditedRecord;
  desk: DeskForm;
  words: RecordWords;
}

/** The fields that the desk knows, by section; the others behind "More fields". */
export function RecordFields({ edited, desk, words }: FieldsProps) {
  const [open, setOpen] = useState(false);
  const form = desk.entities.find((one) => one.entity === edited.base.entity);
  const known = (form?.fields ?? []).filter((field) => field.known);
  const more = (form?.fields ?? []).filter((field) => !field.known);
  const sections = [...new Set(known.map((field) => field.section))];
  const row = (field: FieldInfo) => <RecordField key={field.name} field={field} edited={edited} desk={desk} words={words} />;
  return (
    <>
      {sections.map((section) => (
        <FormSection key={section} title={words.tOr(`records.section.${section}`, section)}>
          {known.filter((field) => field.section === section).map(row)}
        </FormSection>
      ))}
      {more.length > 0 ? (
        <MoreFields title={words.t("records.more")} text={words.t("records.moreText")} open={open} onOpen={setOpen}>
          {more.map(row)}
        </MoreFields>
      ) : null}
    </>
  );
}

function RecordField({ field, edited, desk, words }: FieldsProps & { field: FieldInfo }) {
  const { entity } = edited.base;
  const value = edited.form[field.name];
  const shown = (of: typeof value): string => {
    if (field.kind === "one") return edited.base.labels.find((one) => one.id === of)?.name ?? textOf(of);
    if (field.kind === "status") return words.tOr(`records.status.${textOf(of)}`, textOf(of));
    return textOf(of);
  };
  const was = shown(edited.base.values[field.name]);
  // Of something new, all that is typed is new.
  const typed = edited.base.id === "" && was === "";
  const hint = `records.hint.${entity}.${field.name}`;
  return (
    <FormRow
      name={field.name}
      label={words.field(entity, field.name)}
      hint={words.has(hint) ? words.t(hint) : undefined}
      group={["flag", "status", "levels"].includes(field.kind)}
      notes={edited.problems.filter((one) => one.field === field.name).map((one) => ({ text: words.tOr(one.code, one.message, Object.fromEntries(one.detail)), warning: one.warning }))}
      dirty={edited.dirty.includes(field.name) && !typed}
      was={["flag", "levels"].includes(field.kind) ? undefined : was === "" ? words.t("kit.wasNone") : words.t("kit.was", { value: was })}
      pending={edited.base.in_desk && edited.base.changed_fields.includes(field.name)}
      onUndo={() => edited.undoField(field.name)}
    >
      {(ids) => <Control ids={ids} field={field} edited={edited} desk={desk} words={words} />}
    </FormRow>
  );
}

function Control({ ids, field, edited, desk, words }: FieldsProps & { ids: FieldIds; field: FieldInfo }) {
  const value = edited.form[field.name];
  const text = textOf(value);
  const set = (next: string) => edited.set(field.name, next);
  if (field.kind === "flag") {
    return <Checkbox id={ids.id} aria-labelledby={ids.labelId} aria-describedby={ids.describedBy} checked={value === true} onChange={(event) => edited.set(field.name, event.currentTarget.checked)} />;
  }
  if (field.kind === "status") {
    const offered = desk.statuses.filter((one) => one !== "not-registered");
    const segments = offered.map((one) => ({ value: one, label: words.tOr(`records.status.${one}`, one) }));
    return <Segments name={`record-${field.name}`} id={ids.id} labelledBy={ids.labelId} describedBy={ids.describedBy} value={text} segments={segments} onChange={set} />;
  }
  if (field.kind === "choice") {
    const data = [{ value: "", label: words.t("records.none") }, ...field.choices.map((one) => ({ value: one, label: words.tOr(`records.choice.${one}`, one) }))];
    return <NativeSelect id={ids.id} size="xs" aria-describedby={ids.describedBy} aria-invalid={ids.invalid || undefined} value={text} data={data} onChange={(event) => set(event.currentTarget.value)} />;
  }
  if (field.kind === "one") return <OneField ids={ids} field={field} edited={edited} />;
  if (field.kind === "levels") return <LevelsField ids={ids} field={field} edited={edited} levels={desk.levels} words={words} />;
  return (
    <span className={classes.control}>
      <TextField ids={ids} value={text} mono={field.kind === "code"} multiline={field.kind === "long"} required={field.required} onChange={set} />
    </span>
  );
}

/** One other record. */
function OneField({ ids, field, edited }: { ids: FieldIds; field: FieldInfo; edited: EditedRecord }) {
  const id = textOf(edited.form[field.name]);
  const label = edited.base.labels.find((one) => one.id === id);
  const picked = id === "" ? [] : [label ? toChoice(label) : metChoice(id)];
  return <MultiPick ids={ids} most={1} value={picked} search={searchOf(field.entity)} onChange={([next]) => edited.set(field.name, next?.value ?? "")} />;
}
