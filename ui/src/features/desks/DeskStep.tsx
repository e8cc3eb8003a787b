import { Button, SegmentedControl } from "@mantine/core";
import { FileJson } from "lucide-react";
import type { Desk, DeskList } from "@/bridge/desks";
import { pickFile } from "@/bridge/native";
import { useWords } from "@/words";
import { Chosen } from "./Chosen";
import { DumpScript } from "./DumpScript";
import { FormRow } from "./FormRow";
import { ListFiles } from "./ListFiles";
import type { SourceKind } from "./SourceRow";
import classes from "./ImportScreen.module.css";

const BODIES = ["none", "short", "full"] as const;

/** What is said of a source that the desk gives. */
export interface DeskGiven {
  settings: string | null;
  database: string | null;
  bodies: string;
}

interface DeskStepProps {
  source: SourceKind;
  desk: string;
  databases: Desk["databases"];
  lists: readonly DeskList[];
  given: DeskGiven;
  onGiven: (given: DeskGiven) => void;
  /** Whether it is read from the desk's own database, which says itself what it is. */
  connected?: boolean;
}

/** What an import of the desk's own files asks, and which files it looks for. */
export function DeskStep({ source, desk, databases, lists, given, onGiven, connected = false }: DeskStepProps) {
  const { t } = useWords();
  const { settings, database, bodies } = given;
  const choose = async () => {
    const chosen = await pickFile(t("desks.pickSettings"), [{ name: t("desks.settingsKind"), extensions: source === "tables" ? ["json", "csv"] : ["json"] }]);
    if (chosen !== null) onGiven({ ...given, settings: chosen });
  };
  return (
    <>
      {databases.length > 0 && !connected ? (
        <FormRow label={t("desks.database")} hint={t("desks.databaseHint")}>
          <SegmentedControl
            aria-label={t("desks.database")}
            value={database ?? ""}
            onChange={(chosen) => onGiven({ ...given, database: chosen })}
            data={databases.map((one) => ({ value: one.id, label: one.name }))}
          />
        </FormRow>
      ) : null}
      {source === "sheets" ? null : (
        <>
          <FormRow label={t("desks.settings")} hint={t(`desks.settingsHint.${source}`)}>
            {settings ? <Chosen path={settings} /> : null}
            <div className={classes.buttons}>
              <Button variant="default" leftSection={<FileJson size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => void choose()}>
                {t("desks.settingsFile")}
              </Button>
              {settings ? (
                <Button variant="subtle" onClick={() => onGiven({ ...given, settings: null })}>
                  {t("desks.noSettings")}
                </Button>
              ) : null}
            </div>
          </FormRow>
          <FormRow label={t("desks.bodies")} hint={t(`desks.bodiesHint.${bodies}`)}>
            <SegmentedControl
              aria-label={t("desks.bodies")}
              value={bodies}
              onChange={(chosen) => onGiven({ ...given, bodies: chosen })}
              data={BODIES.map((one) => ({ value: one, label: t(`desks.body.${one}`) }))}
            />
          </FormRow>
        </>
      )}
      {connected ? null : source === "tables" ? <DumpScript desk={desk} database={database} /> : <ListFiles lists={lists} />}
    </>
  );
}
