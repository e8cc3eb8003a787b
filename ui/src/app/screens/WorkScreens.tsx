import { useNavigate, useSearch } from "@tanstack/react-router";
import { deskOf } from "@/bridge/desks";
import { useWorkspace } from "@/bridge/reads";
import type { Viewer } from "@/bridge/types";
import { DesksScreen as Desks } from "@/features/compare/DesksScreen";
import { ImportScreen as Import } from "@/features/desks/ImportScreen";
import { ExportsScreen as Exports } from "@/features/exports/ExportsScreen";
import { FindingsScreen as Findings } from "@/features/findings/FindingsScreen";
import { HistoryScreen as Log } from "@/features/history/HistoryScreen";
import { OverviewScreen as Overview } from "@/features/overview/OverviewScreen";
import { PortalScreen as Portal } from "@/features/portal/PortalScreen";
import { PreviewPane } from "@/features/preview/PreviewPane";
import { WhyZone } from "@/features/preview/WhyZone";
import { ReviewScreen as Review } from "@/features/review/ReviewScreen";
import { SettingsScreen as Settings } from "@/features/workspace/SettingsScreen";
import { useWords } from "@/words";
import { usePreferences } from "../state/preferences";
import { OneZone } from "./OneZone";

/** How the workspace stands. */
export function OverviewScreen() {
  const { t } = useWords();
  return (
    <OneZone label={t("app.screen.overview")}>
      <Overview />
    </OneZone>
  );
}

/** What is pending, and the export. */
export function ReviewScreen() {
  const { t } = useWords();
  return (
    <OneZone label={t("app.screen.review")}>
      <Review />
    </OneZone>
  );
}

/** What the address of the findings holds. */
export interface FindingsSearch {
  /** The kind that is open. */
  kind?: string;
}

/** Takes what the address holds, and nothing else. */
export function readFindingsSearch(raw: Record<string, unknown>): FindingsSearch {
  return typeof raw["kind"] === "string" && raw["kind"] !== "" ? { kind: raw["kind"] } : {};
}

/** What is probably not meant. */
export function FindingsScreen() {
  const { t } = useWords();
  const search = useSearch({ from: "/findings" });
  const navigate = useNavigate({ from: "/findings" });
  return (
    <OneZone label={t("app.screen.findings")}>
      <Findings kind={search.kind ?? null} onKind={(kind) => void navigate({ search: { kind } })} />
    </OneZone>
  );
}

/** What the address of the exports holds. */
export interface ExportsSearch {
  /** The export that is open. */
  id?: string;
}

/** Takes what the address holds, and nothing else. */
export function readExportsSearch(raw: Record<string, unknown>): ExportsSearch {
  return typeof raw["id"] === "string" && raw["id"] !== "" ? { id: raw["id"] } : {};
}

/** What was exported, and what became of it. */
export function ExportsScreen() {
  const { t } = useWords();
  const search = useSearch({ from: "/exports" });
  const navigate = useNavigate({ from: "/exports" });
  return (
    <OneZone label={t("exports.title")}>
      <Exports id={search.id ?? null} onPick={(id) => void navigate({ search: { id } })} />
    </OneZone>
  );
}

/** Eyes by another desk's rules: only looked through, and nothing leads to this desk's settings. */
const eyes = {
  preview: (viewer: Viewer, why: string | null, onWhy: (number: string) => void) => <PreviewPane viewer={viewer} rules={deskOf(viewer.desk ?? "")?.name} whyNumber={why} onWhy={onWhy} />,
  why: (viewer: Viewer, number: string, onClose: () => void) => <WhyZone viewer={viewer} number={number} onClose={onClose} />,
};

/** The same people by the rules of another desk. */
export function DesksScreen() {
  const { t } = useWords();
  const info = useWorkspace().data;
  return (
    <OneZone label={t("app.screen.desks")}>
      {info && info.translations.length > 0 ? <Desks key={info.path} info={info} eyes={eyes} /> : null}
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

/** What can be set of the desk's portal. */
export function PortalScreen() {
  const { t } = useWords();
  return (
    <OneZone label={t("app.screen.portal")}>
      <Portal />
    </OneZone>
  );
}

/** The window's own settings. */
export function SettingsScreen() {
  const { t } = useWords();
  const { preferences, change } = usePreferences();
  return (
    <OneZone label={t("app.screen.settings")}>
      <Settings appearance={preferences} onAppearance={change} />
    </OneZone>
  );
}

/** What the address of the import holds. */
export interface ImportSearch {
  /** A source that is chosen already. */
  path?: string;
}

/** Takes what the address holds, and nothing else. */
export function readImportSearch(raw: Record<string, unknown>): ImportSearch {
  return typeof raw["path"] === "string" && raw["path"] !== "" ? { path: raw["path"] } : {};
}

/** The import from the desk. */
export function ImportScreen() {
  const { t } = useWords();
  const search = useSearch({ from: "/import" });
  const navigate = useNavigate();
  return (
    <OneZone label={t("app.screen.import")}>
      <Import
        key={search.path}
        from={search.path}
        onUsers={() => void navigate({ to: "/users" })}
        onSettings={() => void navigate({ to: "/portal" })}
        onReview={() => void navigate({ to: "/review" })}
      />
    </OneZone>
  );
}
