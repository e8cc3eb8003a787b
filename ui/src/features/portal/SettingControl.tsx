import { Autocomplete, Checkbox, NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/bridge/client";
import { useRecordChoices } from "@/bridge/reads";
import type { SettingValue } from "@/bridge/types";
import type { FieldIds } from "@/kit/FormPanel";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { useWords } from "@/words";
import { isOn, namesOf, parsed, wordOf } from "./settingValue";
import classes from "./Portal.module.css";

export interface ControlProps {
  setting: SettingValue;
  /** What holds, as JSON text; null while nobody has said. */
  value: string | null;
  ids: FieldIds;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** Names offered at once. */
const OFFERED = 30;

/** The control that a setting's kind asks for. */
export function SettingControl(props: ControlProps) {
  switch (props.setting.kind) {
    case "number":
      return <NumberControl {...props} />;
    case "names":
      return <NamesControl {...props} />;
    case "words":
      return <WordsControl {...props} />;
    case "one":
      return <OneControl {...props} />;
    case "text":
      return <TextControl {...props} />;
    default:
      return <ChoiceControl {...props} />;
  }
}

function ChoiceControl({ setting, value, ids, disabled, onChange }: ControlProps) {
  const words = useWords();
  const now = parsed(value);
  const data =
    setting.kind === "switch"
      ? [
          { value: "false", label: words.t("portal.off") },
          { value: "true", label: words.t("portal.on") },
        ]
      : setting.choices.map((word) => ({ value: JSON.stringify(word), label: wordOf(words, setting, word) }));
  const shown = now === null ? "" : setting.kind === "switch" ? String(isOn(now)) : JSON.stringify(now);
  return (
    <SegmentedControl
      aria-labelledby={ids.labelId}
      aria-describedby={ids.describedBy}
      disabled={disabled}
      data={data}
      value={shown}
      onChange={onChange}
      className={classes.segments}
    />
  );
}

function NumberControl({ setting, value, ids, disabled, onChange }: ControlProps) {
  const { t } = useWords();
  const now = parsed(value);
  return (
    <NumberInput
      id={ids.id}
      aria-describedby={ids.describedBy}
      error={ids.invalid}
      size="xs"
      disabled={disabled}
      value={typeof now === "number" ? now : ""}
      placeholder={t("portal.notKnown")}
      min={setting.least}
      allowDecimal={false}
      thousandSeparator={t("portal.thousands")}
      decimalSeparator={t("portal.decimals")}
      onChange={(next) => onChange(next === "" ? "null" : String(next))}
      className={classes.short}
    />
  );
}

function TextControl({ value, ids, disabled, onChange }: ControlProps) {
  const { t } = useWords();
  const now = parsed(value);
  return (
    <TextInput
      id={ids.id}
      aria-describedby={ids.describedBy}
      error={ids.invalid}
      size="xs"
      disabled={disabled}
      value={typeof now === "string" ? now : ""}
      placeholder={t("portal.notKnown")}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(JSON.stringify(event.currentTarget.value))}
      className={classes.wide}
    />
  );
}

/** The name of one record: typed, or one of those that there are. */
function OneControl({ setting, value, ids, disabled, onChange }: ControlProps) {
  const { t } = useWords();
  const now = parsed(value);
  const text = typeof now === "string" ? now : "";
  const [asked] = useDebouncedValue(text, 120);
  const found = useRecordChoices(setting.entity, asked, OFFERED);
  return (
    <Autocomplete
      id={ids.id}
      aria-describedby={ids.describedBy}
      error={ids.invalid}
      size="xs"
      disabled={disabled}
      data={[...new Set((found.data ?? []).map((one) => one.name))]}
      value={text}
      placeholder={t("portal.notKnown")}
      onChange={(next) => onChange(JSON.stringify(next))}
      className={classes.wide}
    />
  );
}

/** Names of records; one that no record has can stand there too, and says so. */
function NamesControl({ setting, value, ids, disabled, onChange }: ControlProps) {
  const { t } = useWords();
  const names = namesOf(parsed(value));
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set(names));
  const search = async (text: string): Promise<Choice[]> => {
    const found = (await api.searchRecords(setting.entity, text, OFFERED)).map((one) => one.name);
    setKnown((before) => new Set([...before, ...found]));
    const typed = text.trim();
    const own = typed !== "" && !found.includes(typed) ? [{ value: typed, label: typed, note: t("portal.noSuchRecord") }] : [];
    return [...found.map((name) => ({ value: name, label: name })), ...own];
  };
  const chosen = names.map((name) => ({ value: name, label: name, note: known.has(name) ? undefined : t("portal.noSuchRecord") }));
  return (
    <div className={classes.wide}>
      <MultiPick ids={ids} value={chosen} disabled={disabled} search={search} onChange={(next) => onChange(JSON.stringify(next.map((one) => one.value)))} />
    </div>
  );
}

/** Some of a few words, always in the same order. */
function WordsControl({ setting, value, ids, disabled, onChange }: ControlProps) {
  const words = useWords();
  const chosen = namesOf(parsed(value));
  const toggle = (word: string, on: boolean) =>
    onChange(JSON.stringify(setting.choices.filter((one) => (one === word ? on : chosen.includes(one)))));
  return (
    <div role="group" aria-labelledby={ids.labelId} aria-describedby={ids.describedBy} className={classes.words}>
      {setting.choices.map((word) => (
        <Checkbox
          key={word}
          size="xs"
          disabled={disabled}
          label={wordOf(words, setting, word)}
          checked={chosen.includes(word)}
          onChange={(event) => toggle(word, event.currentTarget.checked)}
        />
      ))}
    </div>
  );
}
