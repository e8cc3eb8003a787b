import { OneZone } from "./OneZone";
import { useWords } from "@/words";

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
  return <OneZone label={t("app.screen.settings")}>{null}</OneZone>;
}
