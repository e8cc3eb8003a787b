import { Button } from "@mantine/core";
import { FileArchive, Folder } from "lucide-react";
import { deskOf, givesTables } from "@/bridge/desks";
import { useErrorWords } from "@/bridge/errorWords";
import type { VerifyRun } from "@/bridge/exports";
import { pickFile, pickFolder } from "@/bridge/native";
import type { WorkspaceInfo } from "@/bridge/types";
import { useWords } from "@/words";
import { VerifyDatabase } from "./VerifyDatabase";
import { VerifyInterface } from "./VerifyInterface";
import classes from "./Exports.module.css";

/** Endings of a source that is one file. */
const EXTENSIONS = { tables: ["zip"], lists: ["zip", "json", "jsonl", "ndjson"] } as const;

/** Reads the desk again and says of each operation what became of it; writes nothing. */
export function VerifyFoot({ work, workspace }: { work: VerifyRun; workspace: WorkspaceInfo }) {
  const { t, tOr, number } = useWords();
  const errorWords = useErrorWords();
  const desk = deskOf(workspace.desk);
  const source = (desk?.lists.length ?? 0) > 0 ? "lists" : "tables";
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
          {desk?.connects ? <VerifyDatabase work={work} databases={desk.databases} /> : null}
          {desk?.interface ? <VerifyInterface work={work} desk={workspace.desk} example={desk.interface} /> : null}
        </div>
      )}
    </footer>
  );
}
