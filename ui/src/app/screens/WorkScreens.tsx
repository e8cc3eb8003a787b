import { useNavigate } from "@tanstack/react-router";
import { ImportScreen as Import } from "@/features/desks/ImportScreen";
import { HistoryScreen as Log } from "@/features/history/HistoryScreen";
import { ReviewScreen as Review } from "@/features/review/ReviewScreen";
import { SettingsScreen as Settings } from "@/features/workspace/SettingsScreen";
import { useWords } from "@/words";
import { usePreferences } from "../state/preferences";
import { OneZone } from "./OneZone";

/** What is pending, and the export. */
export function ReviewScreen() {
  const { t } = useWords();
  return (
    <OneZone label={t("app.screen.review")}>
      <Review />
    </OneZone>
  );
}

/** What was done. */
export function HistoryScreen() {
  const { t } = useWords();
  return (
    <OneZone label={t("app.screen.history")}>
      <Log />
    </OneZone>
  );
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
  const navigate = useNavigate();
  return (
    <OneZone label={t("app.screen.import")}>
      <Import
        onUsers={() => void navigate({ to: "/users" })}
        onSettings={() => void navigate({ to: "/settings" })}
        onReview={() => void navigate({ to: "/review" })}
      />
    </OneZone>
  );
}
