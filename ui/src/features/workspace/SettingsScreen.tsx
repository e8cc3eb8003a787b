import { SegmentedControl } from "@mantine/core";
import { useWorkspace } from "@/bridge/reads";
import { PageHead } from "@/kit/PageHead";
import { languages, useWords, type Language } from "@/words";
import { PassphraseSection } from "./PassphraseSection";
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

/** Settings of the window. */
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
        {workspace ? <PassphraseSection info={workspace} /> : null}
      </div>
    </div>
  );
}
