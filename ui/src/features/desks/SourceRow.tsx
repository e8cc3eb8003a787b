import { Button } from "@mantine/core";
import { Cable, Database, FileArchive, Folder, Table2 } from "lucide-react";
import { pickFile, pickFolder } from "@/bridge/native";
import { isTable, tableEndings } from "@/bridge/tables";
import { useWords } from "@/words";
import { Chosen } from "./Chosen";
import { FormRow } from "./FormRow";
import classes from "./ImportScreen.module.css";

/** Endings of a source that is one file, by what a desk gives. */
const EXTENSIONS = { tables: ["zip"], lists: ["zip", "json", "jsonl", "ndjson"], sheets: ["zip"] } as const;

/** What a desk gives: a dump of tables, lists of its interface, or tables that people save. */
export type SourceKind = keyof typeof EXTENSIONS;

interface SourceRowProps {
  source: SourceKind;
  path: string;
  disabled: boolean;
  /** Turns to the desk's own database; null where it has none that is read. */
  onDatabase: (() => void) | null;
  /** Turns to the desk's own interface; null where that is not read. */
  onInterface: (() => void) | null;
  /** A source was chosen: what the desk gives, or a table whose columns are to be told. */
  onChoose: (path: string, asTable: boolean) => void;
}

/** Where to read from: a folder, a file of what the desk gives, or a table of any columns. */
export function SourceRow({ source, path, disabled, onDatabase, onInterface, onChoose }: SourceRowProps) {
  const { t } = useWords();
  const choose = async (pick: Promise<string | null>, asTable: boolean) => {
    const chosen = await pick;
    if (chosen !== null) onChoose(chosen, asTable || isTable(chosen, source === "sheets"));
  };
  const icon = { size: 14, strokeWidth: 1.6, "aria-hidden": true } as const;
  return (
    <FormRow label={t("desks.source")} hint={t(`desks.sourceHint.${source}`)}>
      <Chosen path={path} />
      <div className={classes.buttons}>
        <Button variant="default" disabled={disabled} leftSection={<Folder {...icon} />} onClick={() => void choose(pickFolder(t(`desks.pickFolder.${source}`)), false)}>
          {t("desks.folder")}
        </Button>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<FileArchive {...icon} />}
          onClick={() => void choose(pickFile(t(`desks.pickFile.${source}`), [{ name: t(`desks.fileKind.${source}`), extensions: [...EXTENSIONS[source]] }]), false)}
        >
          {t(`desks.file.${source}`)}
        </Button>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<Table2 {...icon} />}
          onClick={() => void choose(pickFile(t("table.pick"), [{ name: t("table.fileKind"), extensions: [...tableEndings] }]), true)}
        >
          {t("table.button")}
        </Button>
        {onDatabase ? (
          <Button variant="default" disabled={disabled} leftSection={<Database {...icon} />} onClick={onDatabase}>
            {t("database.button")}
          </Button>
        ) : null}
        {onInterface ? (
          <Button variant="default" disabled={disabled} leftSection={<Cable {...icon} />} onClick={onInterface}>
            {t("interface.button")}
          </Button>
        ) : null}
      </div>
    </FormRow>
  );
}
