import { Button } from "@mantine/core";
import { useState } from "react";
import { type DatabaseForm, useDatabase } from "@/bridge/database";
import { useDatabaseFields } from "@/bridge/databaseFields";
import { type Desk, deskOf, givesTables } from "@/bridge/desks";
import { type InterfaceForm, useInterface } from "@/bridge/interface";
import { useInterfaceFields } from "@/bridge/interfaceFields";
import { useWorkspace } from "@/bridge/reads";
import { isTable } from "@/bridge/tables";
import type { WorkspaceInfo } from "@/bridge/types";
import { DatabaseFields } from "@/kit/DatabaseFields";
import { EmptyState } from "@/kit/EmptyState";
import { InterfaceFields } from "@/kit/InterfaceFields";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { type DeskGiven, DeskStep } from "./DeskStep";
import { FirstRows } from "./FirstRows";
import { ImportOutcome } from "./ImportOutcome";
import { type SourceKind, SourceRow } from "./SourceRow";
import { TableStep } from "./TableStep";
import { type ImportRun, useImport } from "./useImport";
import { type Table, useTable } from "./useTable";
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

/** Over which connection the desk is read, if over one. */
type Way = "database" | "interface";

/** Over which connection a source is read whose address was remembered; null for a path. */
function wayOf(from: string): Way | null {
  if (/^https?:/.test(from)) return "interface";
  return from.includes("://") ? "database" : null;
}

/** The database that the workspace was told before; null where nobody has said. */
function knownDatabase(workspace: WorkspaceInfo): string | null {
  const value = workspace.settings.find((setting) => setting.name === "database")?.value ?? null;
  return value === null ? null : value.replaceAll('"', "");
}

/** What a desk gives: a dump of tables, lists of its interface, or tables that people save. */
function sourceOf(desk: string): SourceKind {
  if (givesTables(desk)) return "sheets";
  return (deskOf(desk)?.lists.length ?? 0) > 0 ? "lists" : "tables";
}

function ImportForm({ workspace, onUsers, onSettings, onReview, from = "" }: ImportScreenProps & { workspace: WorkspaceInfo }) {
  const { t } = useWords();
  const source = sourceOf(workspace.desk);
  const begun = wayOf(from);
  const [{ path, mapped }, setSource] = useState({ path: begun ? "" : from, mapped: begun === null && isTable(from, source === "sheets") });
  const [given, setGiven] = useState<DeskGiven>({ settings: null, database: knownDatabase(workspace), bodies: "short" });
  const table = useTable(mapped ? path : "");
  const { databases = [], lists = [], connects = false, interface: example = "" } = deskOf(workspace.desk) ?? {};
  const [way, setWay] = useState<Way | null>(begun);
  const database = useDatabase();
  const live = useInterface(workspace.desk);
  const open = way === "interface" ? live : database;
  const connected = way !== null;
  const input = mapped ? { path, settings: null, database: null, bodies: "none", table: table.mapping } : { path, ...given, table: null };
  const work = useImport(connected ? { ...input, path: open.address, database: null } : input, connected ? open.login : null);
  const missing = way ? (open.address === "" ? `${way}.missing` : "") : missingOf({ path, table: mapped ? table : null, needsDatabase: databases.length > 0 && given.database === null });
  const choose = (chosen: string, asTable: boolean) => {
    setWay(null);
    setSource({ path: chosen, mapped: asTable });
  };
  const connect = (to: Way) => {
    setWay(to);
    setSource({ path: "", mapped: false });
  };

  return (
    <div className={classes.screen}>
      <PageHead level={1} title={t("desks.title")} sub={t(mapped ? "table.from" : `desks.from.${source}`, { desk: workspace.desk_name })} />
      <div className={classes.columns} data-mapped={mapped || undefined}>
        <div className={classes.form} role="form" aria-label={t("desks.title")}>
          <div className={classes.fields}>
            <SourceRow source={source} path={connected ? open.address : path} disabled={work.running} onDatabase={connects ? () => connect("database") : null} onInterface={example === "" ? null : () => connect("interface")} onChoose={choose} />
            {way === "database" ? <DatabaseRow form={database} databases={databases} disabled={work.running} /> : null}
            {way === "interface" ? <InterfaceRow form={live} desk={workspace.desk} example={example} disabled={work.running} /> : null}
            {mapped ? (
              <TableStep table={table} disabled={work.running} />
            ) : (
              <DeskStep source={source} desk={workspace.desk} databases={databases} lists={lists} given={given} onGiven={setGiven} connected={connected} />
            )}
          </div>
          <Foot work={work} onStart={connected ? open.remember : undefined} writable={!workspace.read_only} missing={missing} />
        </div>
        <ImportOutcome work={work} ofTable={mapped} before={mapped ? <FirstRows table={table} /> : undefined} onUsers={onUsers} onSettings={onSettings} onReview={onReview} />
      </div>
    </div>
  );
}

function DatabaseRow({ form, databases, disabled }: { form: DatabaseForm; databases: Desk["databases"]; disabled: boolean }) {
  const { t } = useWords();
  const fields = useDatabaseFields(form, databases, disabled);
  return (
    <div className={classes.database} role="group" aria-label={t("database.title")}>
      <DatabaseFields {...fields} />
      <p className={classes.hint}>{t("database.hint")}</p>
    </div>
  );
}

function InterfaceRow({ form, desk, example, disabled }: { form: InterfaceForm; desk: string; example: string; disabled: boolean }) {
  const { t } = useWords();
  const fields = useInterfaceFields(form, desk, example, disabled);
  return (
    <div className={classes.database} role="group" aria-label={t("interface.title")}>
      <InterfaceFields {...fields} />
      <p className={classes.hint}>{t("interface.hint")}</p>
    </div>
  );
}

/** Why nothing can be read yet, as a key of the catalogue; empty where it can. */
function missingOf({ path, table, needsDatabase }: { path: string; table: Table | null; needsDatabase: boolean }): string {
  if (path === "") return "desks.missingSource";
  if (table === null) return needsDatabase ? "desks.missingDatabase" : "";
  if (table.ready) return "";
  if (table.look === null) return table.error ? "table.missing.file" : "table.reading";
  if (table.look.problems.length > 0) return "table.missing.file";
  if (table.entity === "") return "table.missing.kind";
  if (table.key === null) return "table.missing.key";
  if (table.lacking.length > 0) return "table.missing.needs";
  return table.half ? "table.missing.half" : "table.reading";
}

function Foot({ work, onStart, writable, missing }: { work: ImportRun; onStart?: (() => void) | undefined; writable: boolean; missing: string }) {
  const { t } = useWords();
  const rehearsed = work.report?.dry_run === true;
  const ready = writable && missing === "";
  const start = (run: () => void) => {
    onStart?.();
    run();
  };
  return (
    <div className={classes.foot}>
      <span className={classes.remark}>{writable ? t(missing || "desks.writesNothing") : t("error.forbidden.title")}</span>
      {work.running ? (
        <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
          {t(work.cancelling ? "desks.cancelling" : "kit.cancel")}
        </Button>
      ) : (
        <>
          <Button variant={rehearsed ? "default" : "filled"} disabled={!ready} onClick={() => start(work.rehearse)}>
            {t("desks.rehearse")}
          </Button>
          {rehearsed ? (
            <Button disabled={!ready} onClick={() => start(work.run)}>
              {t("desks.import")}
            </Button>
          ) : null}
        </>
      )}
    </div>
  );
}
