import { Button } from "@mantine/core";
import { FileArchive, Folder } from "lucide-react";
import { deskOf, givesTables } from "@/bridge/desks";
import { useErrorWords } from "@/bridge/errorWords";
import type { VerifyRun } from "@/bridge/exports";
import { pickFile, pickFolder } from "@/bridge/native";
import type { VerifyReport, WorkspaceInfo } from "@/bridge/types";
import { importOf } from "@/features/desks/paths";
import { reviewHref } from "@/features/review/paths";
import { useWords } from "@/words";
import { VerifyDatabase } from "./VerifyDatabase";
import classes from "./Exports.module.css";

/** Endings of a source that is one file. */
const EXTENSIONS = { tables: ["zip"], lists: ["zip", "json", "jsonl", "ndjson"] } as const;

/** Reads the desk again and says of each operation what became of it; writes nothing. */
export function VerifyFoot({ work, workspace }: { work: VerifyRun; workspace: WorkspaceInfo }) {
  const { t, tOr, number } = useWords();
  const errorWords = useErrorWords();
  const source = (deskOf(workspace.desk)?.lists.length ?? 0) > 0 ? "lists" : "tables";
  if (!workspace.can_import || givesTables(workspace.desk)) return <p className={classes.foot}>{t("exports.cannotRead", { desk: workspace.desk_name })}</p>;
  if (workspace.read_only) return <p className={classes.foot}>{t("exports.readOnly")}</p>;
  const choose = async (pick: Promise<string | null>) => {
    const chosen = await pick;
    if (chosen !== null) work.run(chosen);
  };
  const failed = !work.running && work.error ? errorWords(work.error) : null;
  const { progress } = work;
  return (
    <footer className={classes.foot}>
      <div className={classes.says} aria-live="polite">
        {work.running ? (
          <span>
            {work.cancelling ? t("desks.cancelling") : progress ? `${tOr(`desks.phase.${progress.phase}`, progress.phase)}: ${tOr(`desks.kind.${progress.kind}`, progress.kind)} ${number(progress.done)}` : t("desks.starting")}
          </span>
        ) : null}
        {failed ? (
          <div role="alert" className={classes.failed}>
            <strong>{failed.title}</strong> {failed.text}
            <ul>
              {failed.detail.slice(0, 5).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ) : null}
        {work.running || failed ? null : <span className={classes.muted}>{t("exports.verifyText")}</span>}
      </div>
      {work.running ? (
        <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
          {t("kit.cancel")}
        </Button>
      ) : (
        <div className={classes.sources} role="group" aria-label={t("exports.verify")}>
          <span className={classes.label}>{t("exports.verify")}</span>
          <Button variant="default" leftSection={<Folder size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => void choose(pickFolder(t(`desks.pickFolder.${source}`)))}>
            {t("desks.folder")}
          </Button>
          <Button
            variant="default"
            leftSection={<FileArchive size={14} strokeWidth={1.6} aria-hidden="true" />}
            onClick={() => void choose(pickFile(t(`desks.pickFile.${source}`), [{ name: t(`desks.fileKind.${source}`), extensions: [...EXTENSIONS[source]] }]))}
          >
            {t(`desks.file.${source}`)}
          </Button>
          {deskOf(workspace.desk)?.connects ? <VerifyDatabase work={work} databases={deskOf(workspace.desk)?.databases ?? []} /> : null}
        </div>
      )}
    </footer>
  );
}

interface WaysOnProps {
  report: VerifyReport;
  /** What the export was laid beside. */
  path: string;
  /** Steps that the desk has and nobody has ticked; none where nobody may. */
  toTick: number[];
  onTick: () => void;
}

/** What can be done after a verification, and what follows from it. */
export function WaysOn({ report, path, toTick, onTick }: WaysOnProps) {
  const { t, number } = useWords();
  const figure = (count: number) => ({ count, figure: number(count) });
  return (
    <section className={classes.ways} aria-label={t("exports.waysOn")}>
      <p role="status">
        <strong>{report.not_applied + report.drifted + report.unknown === 0 ? t("exports.allApplied", figure(report.applied)) : t("exports.someApplied", { applied: number(report.applied), all: number(report.operations.length) })}</strong>
      </p>
      {report.drifted > 0 ? <p>{t("exports.driftedText", figure(report.drifted))}</p> : null}
      {report.not_applied > 0 ? (
        <p>
          {t("exports.notAppliedText", figure(report.not_applied))} <a href={reviewHref}>{t("exports.again")}</a>
        </p>
      ) : null}
      <p>
        {t("exports.takeText")} <a href={importOf(path)}>{t("exports.take")}</a>
      </p>
      {toTick.length > 0 ? (
        <Button variant="default" mt={6} onClick={onTick}>
          {t("exports.tickApplied", figure(toTick.length))}
        </Button>
      ) : null}
    </section>
  );
}
