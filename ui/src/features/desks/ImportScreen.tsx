import { Button, SegmentedControl } from "@mantine/core";
import { FileArchive, FileJson, Folder } from "lucide-react";
import { useState, type ReactNode } from "react";
import { deskOf, givesTables } from "@/bridge/desks";
import { pickFile, pickFolder } from "@/bridge/native";
import { useWorkspace } from "@/bridge/reads";
import type { WorkspaceInfo } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { DumpScript } from "./DumpScript";
import { ListFiles } from "./ListFiles";
import { ImportOutcome } from "./ImportOutcome";
import { useImport } from "./useImport";
import classes from "./ImportScreen.module.css";

export interface ImportScreenProps {
  /** Leads to the people, once they are there. */
  onUsers: () => void;
  /** Leads to the settings that are still unknown. */
  onSettings: () => void;
  /** Leads to the conflicts that the import found. */
  onReview: () => void;
  /** A source that is chosen already. */
  from?: string | undefined;
}

/** Endings of a source that is one file. */
const EXTENSIONS = { tables: ["zip"], lists: ["zip", "json", "jsonl", "ndjson"], sheets: ["zip", "csv", "tsv", "txt", "xlsx", "json", "jsonl", "ndjson"] } as const;
const BODIES = ["none", "short", "full"] as const;

/** Imports from the desk: choose the source, rehearse, import. */
export function ImportScreen(props: ImportScreenProps) {
  const { t } = useWords();
  const workspace = useWorkspace().data;
  if (!workspace) return <EmptyState title={t("error.no_workspace.title")}>{t("error.no_workspace.text")}</EmptyState>;
  if (!workspace.can_import) {
    return <EmptyState title={t("error.not_yet.title")}>{t("error.not_yet.text")}</EmptyState>;
  }
  return <ImportForm key={workspace.path} workspace={workspace} {...props} />;
}

/** The database that the workspace was told before; null where nobody has said. */
function knownDatabase(workspace: WorkspaceInfo): string | null {
  const value = workspace.settings.find((setting) => setting.name === "database")?.value ?? null;
  return value === null ? null : value.replaceAll('"', "");
}

/** What a desk gives: a dump of tables, lists of its interface, or tables that people save. */
function sourceOf(desk: string): keyof typeof EXTENSIONS {
  if (givesTables(desk)) return "sheets";
  return (deskOf(desk)?.lists.length ?? 0) > 0 ? "lists" : "tables";
}

function ImportForm({ workspace, onUsers, onSettings, onReview, from = "" }: ImportScreenProps & { workspace: WorkspaceInfo }) {
  const { t } = useWords();
  const [path, setPath] = useState(from);
  const [settings, setSettings] = useState<string | null>(null);
  const [database, setDatabase] = useState<string | null>(knownDatabase(workspace));
  const [bodies, setBodies] = useState<string>("short");
  const work = useImport({ path, settings, database, bodies, table: null });
  const rehearsed = work.report?.dry_run === true;
  const { databases = [], lists = [] } = deskOf(workspace.desk) ?? {};
  const needsDatabase = databases.length > 0 && database === null;
  const source = sourceOf(workspace.desk);
  const ready = path !== "" && !needsDatabase && !work.running && !workspace.read_only;
  const missing = path === "" ? t("desks.missingSource") : needsDatabase ? t("desks.missingDatabase") : "";
  const choose = async (pick: Promise<string | null>, take: (chosen: string) => void) => {
    const chosen = await pick;
    if (chosen !== null) take(chosen);
  };

  return (
    <div className={classes.screen}>
      <PageHead level={1} title={t("desks.title")} sub={t(`desks.from.${source}`, { desk: workspace.desk_name })} />
      <div className={classes.columns}>
        <div className={classes.form} role="form" aria-label={t("desks.title")}>
          <div className={classes.fields}>
            <Row label={t("desks.source")} hint={t(`desks.sourceHint.${source}`)}>
              <Chosen path={path} />
              <div className={classes.buttons}>
                <Button variant="default" leftSection={<Folder size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => void choose(pickFolder(t(`desks.pickFolder.${source}`)), setPath)}>
                  {t("desks.folder")}
                </Button>
                <Button
                  variant="default"
                  leftSection={<FileArchive size={14} strokeWidth={1.6} aria-hidden="true" />}
                  onClick={() => void choose(pickFile(t(`desks.pickFile.${source}`), [{ name: t(`desks.fileKind.${source}`), extensions: [...EXTENSIONS[source]] }]), setPath)}
                >
                  {t(`desks.file.${source}`)}
                </Button>
              </div>
            </Row>
            {databases.length > 0 ? (
              <Row label={t("desks.database")} hint={t("desks.databaseHint")}>
                <SegmentedControl
                  aria-label={t("desks.database")}
                  value={database ?? ""}
                  onChange={setDatabase}
                  data={databases.map((one) => ({ value: one.id, label: one.name }))}
                />
              </Row>
            ) : null}
            {source === "sheets" ? null : (<>
            <Row label={t("desks.settings")} hint={t(`desks.settingsHint.${source === "tables" ? "tables" : "lists"}`)}>
              {settings ? <Chosen path={settings} /> : null}
              <div className={classes.buttons}>
                <Button
                  variant="default"
                  leftSection={<FileJson size={14} strokeWidth={1.6} aria-hidden="true" />}
                  onClick={() => void choose(pickFile(t("desks.pickSettings"), [{ name: t("desks.settingsKind"), extensions: source === "tables" ? ["json", "csv"] : ["json"] }]), setSettings)}
                >
                  {t("desks.settingsFile")}
                </Button>
                {settings ? (
                  <Button variant="subtle" onClick={() => setSettings(null)}>
                    {t("desks.noSettings")}
                  </Button>
                ) : null}
              </div>
            </Row>
            <Row label={t("desks.bodies")} hint={t(`desks.bodiesHint.${bodies}`)}>
              <SegmentedControl
                aria-label={t("desks.bodies")}
                value={bodies}
                onChange={setBodies}
                data={BODIES.map((one) => ({ value: one, label: t(`desks.body.${one}`) }))}
              />
            </Row>
            </>)}
            {source !== "tables" ? <ListFiles lists={lists} /> : <DumpScript desk={workspace.desk} database={database} />}
          </div>
          <div className={classes.foot}>
            <span className={classes.remark}>{workspace.read_only ? t("error.forbidden.title") : missing || t("desks.writesNothing")}</span>
            {work.running ? (
              <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
                {t(work.cancelling ? "desks.cancelling" : "kit.cancel")}
              </Button>
            ) : (
              <>
                <Button variant={rehearsed ? "default" : "filled"} disabled={!ready} onClick={work.rehearse}>
                  {t("desks.rehearse")}
                </Button>
                {rehearsed ? (
                  <Button disabled={!ready} onClick={work.run}>
                    {t("desks.import")}
                  </Button>
                ) : null}
              </>
            )}
          </div>
        </div>
        <ImportOutcome work={work} onUsers={onUsers} onSettings={onSettings} onReview={onReview} />
      </div>
    </div>
  );
}

function Row({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className={classes.row} role="group" aria-label={label}>
      <span className={classes.label}>{label}</span>
      <div className={classes.control}>
        {children}
        <p className={classes.hint}>{hint}</p>
      </div>
    </div>
  );
}

function Chosen({ path }: { path: string }) {
  const { t } = useWords();
  return path === "" ? <span className={classes.none}>{t("desks.noneChosen")}</span> : <code className={classes.path}>{path}</code>;
}
