import { Button, MultiSelect, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { SettingValue } from "@/bridge/types";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { isOn, namesOf, parsed, readable, settingKey } from "./settingValue";
import classes from "./SettingsScreen.module.css";

interface SettingRowProps {
  setting: SettingValue;
  /** Names of all groups, to choose from. */
  groups: string[];
  busy: boolean;
  readOnly: boolean;
  /** Gives or confirms the value (JSON text). */
  onSet: (value: string) => void;
}

/** A setting that decides who sees what. Nothing is taken silently: a value counts once it is set here by hand. */
export function SettingRow({ setting, groups, busy, readOnly, onSet }: SettingRowProps) {
  const words = useWords();
  const { t, tOr } = words;
  const [edited, setEdited] = useState<string | null>(null);
  const value = edited ?? setting.value;
  const changed = edited !== null && edited !== setting.value;
  const unknown = setting.value === null;
  const key = settingKey(setting.name);
  const set = (next: string) => {
    onSet(next);
    setEdited(null);
  };
  return (
    <li className={classes.setting} data-unknown={unknown || undefined} data-changed={changed || undefined}>
      <div className={classes.settingWords}>
        <span id={`setting-${key}`} className={classes.settingTitle}>
          {unknown ? <VerdictIcon verdict="unknown" /> : null} {tOr(`workspace.settingTitle.${key}`, setting.name)}
        </span>
        <code className={classes.code}>{setting.name}</code>
        <span className={classes.hint}>{tOr(`workspace.settingText.${key}`, "")}</span>
        <span className={classes.origin}>{t(`workspace.origin.${setting.origin ?? "unknown"}`)}</span>
      </div>
      <div className={classes.settingControl}>
        <Control setting={setting} value={value} groups={groups} disabled={readOnly} labelId={`setting-${key}`} onChange={setEdited} />
        <div className={classes.settingActions}>
          {unknown && setting.default !== null && edited === null ? (
            <Button variant="default" disabled={busy || readOnly} onClick={() => set(setting.default ?? "")}>
              {t("workspace.confirmDefault", { value: readable(words, setting, setting.default) })}
            </Button>
          ) : null}
          {changed ? (
            <>
              <Button variant="default" disabled={busy} onClick={() => setEdited(null)}>
                {t("kit.discard")}
              </Button>
              <Button disabled={busy} onClick={() => set(edited)}>
                {t("workspace.set")}
              </Button>
            </>
          ) : null}
        </div>
      </div>
    </li>
  );
}

interface ControlProps {
  setting: SettingValue;
  value: string | null;
  groups: string[];
  disabled: boolean;
  labelId: string;
  onChange: (value: string) => void;
}

function Control({ setting, value, groups, disabled, labelId, onChange }: ControlProps) {
  const words = useWords();
  const { t } = words;
  const now = parsed(value);
  if (setting.kind === "groups") {
    const chosen = namesOf(now);
    return (
      <MultiSelect
        aria-labelledby={labelId}
        size="xs"
        searchable
        disabled={disabled}
        data={[...new Set([...groups, ...chosen])]}
        value={chosen}
        placeholder={now === null ? t("workspace.setting.unknown") : undefined}
        onChange={(names) => onChange(JSON.stringify(names))}
      />
    );
  }
  const choices =
    setting.kind === "switch"
      ? [
          { value: "false", label: t("workspace.setting.off") },
          { value: "true", label: t("workspace.setting.on") },
        ]
      : setting.choices.map((choice) => ({ value: JSON.stringify(choice), label: readable(words, setting, JSON.stringify(choice)) }));
  const shown = now === null ? "" : setting.kind === "switch" ? String(isOn(now)) : JSON.stringify(now);
  return <SegmentedControl aria-labelledby={labelId} disabled={disabled} data={choices} value={shown} onChange={onChange} />;
}
