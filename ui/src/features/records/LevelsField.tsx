import { ActionIcon, NativeSelect } from "@mantine/core";
import { X } from "lucide-react";
import { useState } from "react";
import type { FieldInfo, ObjectRight } from "@/bridge/types";
import type { FieldIds } from "@/kit/FormPanel";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { searchOf } from "./choices";
import { recordHref } from "./paths";
import type { EditedRecord } from "./useRecordForm";
import type { RecordWords } from "./useRecordWords";
import classes from "./Records.module.css";

interface LevelsFieldProps {
  ids: FieldIds;
  field: FieldInfo;
  edited: EditedRecord;
  levels: string[];
  words: RecordWords;
}

const search = searchOf("portal_object");

/** Levels on objects: which, and how far; each leads to the object's form. */
export function LevelsField({ ids, field, edited, levels, words }: LevelsFieldProps) {
  const [met, setMet] = useState<Choice[]>([]);
  const value = edited.form[field.name];
  const rights = (Array.isArray(value) ? value : []) as ObjectRight[];
  const nameOf = (id: string) => edited.base.labels.find((one) => one.id === id)?.name ?? met.find((one) => one.value === id)?.label ?? id.slice(0, 8);
  const put = (next: ObjectRight[]) => edited.set(field.name, next);
  const add = ([choice]: Choice[]) => {
    if (!choice || rights.some((right) => right.object === choice.value)) return;
    setMet((old) => [...old, choice]);
    put([...rights, { object: choice.value, level: levels[0] ?? "view" }]);
  };
  return (
    <div className={classes.levels}>
      <ul className={classes.plain}>
        {rights.map((right, place) => (
          <li key={`${right.object} ${right.level}`} className={classes.level}>
            <a href={recordHref("portal_object", right.object)} className={classes.link}>{nameOf(right.object)}</a>
            <NativeSelect
              size="xs"
              aria-label={words.t("records.levelOf", { name: nameOf(right.object) })}
              value={right.level}
              data={levels.map((one) => ({ value: one, label: words.tOr(`records.level.${one}`, one) }))}
              onChange={(event) => put(rights.map((one, at) => (at === place ? { ...one, level: event.currentTarget.value } : one)))}
            />
            <ActionIcon aria-label={words.t("kit.remove", { name: nameOf(right.object) })} onClick={() => put(rights.filter((_, at) => at !== place))}>
              <X size={14} aria-hidden="true" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <MultiPick ids={ids} most={1} value={[]} search={search} onChange={add} />
    </div>
  );
}
