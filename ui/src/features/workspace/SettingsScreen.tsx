import { SegmentedControl } from "@mantine/core";
import { useErrorWords } from "@/bridge/errorWords";
import { useGroups, useWorkspace } from "@/bridge/reads";
import type { SettingValue } from "@/bridge/types";
import { useSetSettings } from "@/bridge/writes";
import { PageHead } from "@/kit/PageHead";
import { toasts } from "@/kit/Toasts";
import { languages, useWords, type Language } from "@/words";
import { SettingRow } from "./SettingRow";
import classes from "./SettingsScreen.module.css";

/** How the window looks and speaks. */
export interface Appearance {
  scheme: "light" | "dark" | "auto";
  language: Language;
}

export interface SettingsScreenProps {
  appearance: Appearance;
  onAppearance: (changes: Partial<Appearance>) => void;
}

const SCHEMES = ["auto", "light", "dark"] as const;

/** Settings of the window, and those of the desk that decide who sees what. */
export function SettingsScreen({ appearance, onAppearance }: SettingsScreenProps) {
  const { t } = useWords();
  const workspace = useWorkspace().data;
  return (
    <div className={classes.screen}>
      <PageHead level={1} title={t("workspace.settings")} sub={workspace ? workspace.path : undefined} />
      <div className={classes.scroll}>
        <section className={classes.section} aria-labelledby="settings-window">
          <h2 id="settings-window" className={classes.title}>
            {t("workspace.window")}
          </h2>
          <div className={classes.choice}>
            <span id="settings-scheme">{t("workspace.scheme")}</span>
            <SegmentedControl
              aria-labelledby="settings-scheme"
              value={appearance.scheme}
              onChange={(scheme) => onAppearance({ scheme: scheme as Appearance["scheme"] })}
              data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`workspace.schemes.${scheme}`) }))}
            />
          </div>
          <div className={classes.choice}>
            <span id="settings-language">{t("workspace.language")}</span>
            <SegmentedControl
              aria-labelledby="settings-language"
              value={appearance.language}
              onChange={(language) => onAppearance({ language: language as Language })}
              data={languages.map((language) => ({ value: language, label: t(`workspace.languages.${language}`) }))}
            />
          </div>
        </section>
        {workspace ? <DeskSettings desk={workspace.desk_name} settings={workspace.settings} readOnly={workspace.read_only} /> : null}
      </div>
    </div>
  );
}

function DeskSettings({ desk, settings, readOnly }: { desk: string; settings: SettingValue[]; readOnly: boolean }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const groups = useGroups().data ?? [];
  const set = useSetSettings();
  const unknown = settings.filter((setting) => setting.value === null);
  const known = settings.filter((setting) => setting.value !== null);
  const change = (name: string, value: string) =>
    set.mutate([{ name, value }], {
      onError: (thrown) => {
        const { title, text } = errorWords(thrown);
        toasts.failed(`${title} ${text}`);
      },
    });
  const rows = (some: SettingValue[]) =>
    some.map((setting) => (
      <SettingRow
        key={setting.name}
        setting={setting}
        groups={groups.map((group) => group.name)}
        busy={set.isPending}
        readOnly={readOnly}
        onSet={(value) => change(setting.name, value)}
      />
    ));
  return (
    <section className={classes.section} aria-labelledby="settings-desk">
      <h2 id="settings-desk" className={classes.title}>
        {t("workspace.deskSettings", { desk })}
      </h2>
      <p className={classes.lead}>{t("workspace.deskSettingsText")}</p>
      {readOnly ? <p className={classes.lead}>{t("error.forbidden.title")}</p> : null}
      {unknown.length > 0 ? (
        <div className={classes.unknown}>
          <p className={classes.unknownTitle}>{t("workspace.unknown", { count: unknown.length })}</p>
          <ul className={classes.list}>{rows(unknown)}</ul>
        </div>
      ) : null}
      <ul className={classes.list}>{rows(known)}</ul>
    </section>
  );
}
