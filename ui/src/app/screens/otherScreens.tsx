import { SettingsScreen as Settings } from "@/features/workspace/SettingsScreen";
import { OneZone } from "./OneZone";
import { useWords } from "@/words";
import { usePreferences } from "../state/preferences";

/** What is pending, and the export. */
export function ReviewScreen() {
  const { t } = useWords();
  return <OneZone label={t("app.screen.review")}>{null}</OneZone>;
}

/** What was done. */
export function HistoryScreen() {
  const { t } = useWords();
  return <OneZone label={t("app.screen.history")}>{null}</OneZone>;
}

/** The desk's settings and the window's own. */
export function SettingsScreen() {
  const { t } = useWords();
  const { preferences, change } = usePreferences();
  return (
    <OneZone label={t("app.screen.settings")}>
      <Settings appearance={preferences} onAppearance={change} />
    </OneZone>
  );
}

/** The import from the desk. */
export function ImportScreen() {
  const { t } = useWords();
  return <OneZone label={t("app.screen.import")}>{null}</OneZone>;
}
