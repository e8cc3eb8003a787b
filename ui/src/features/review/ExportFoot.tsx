import { ActionIcon, Button, TextInput } from "@mantine/core";
import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { pickFolder } from "@/bridge/native";
import { deskOf } from "@/bridge/desks";
import type { PlanView } from "@/bridge/types";
import { useWords } from "@/words";
import { ApplyDialog } from "./ApplyDialog";
import { InitialPasswords, type Wanted } from "./InitialPasswords";
import type { ApplyRun } from "./useApply";
import type { ExportRun } from "./useExport";
import classes from "./Review.module.css";

const NOTHING_WANTED: Wanted = { on: false, path: "", passphrase: "" };

/** Where the export goes, typed or chosen, and the button that writes it. */
export function ExportFoot({ plan, work, applying, desk }: { plan: PlanView; work: ExportRun; applying: ApplyRun; desk: string }) {
  const { t, number } = useWords();
  const [folder, setFolder] = useState("");
  const [wanted, setWanted] = useState<Wanted>(NOTHING_WANTED);
  const waiting = plan.initial_passwords;
  const initial = wanted.on && waiting > 0;
  const passwords = initial ? { path: wanted.path.trim(), passphrase: wanted.passphrase } : null;
  const [asked, setAsked] = useState(false);
  const half = initial && (wanted.path.trim() === "" || wanted.passphrase.trim() === "");
  // One step sets the password of each.
  const count = plan.total + (initial ? waiting : 0);
  const blocked = plan.refused.length > 0 || plan.conflicts > 0;
  const pick = async () => {
    const chosen = await pickFolder(t("review.pickFolder"));
    if (chosen !== null) setFolder(chosen);
    return chosen;
  };
  const write = async () => {
    const target = folder.trim() || (await pick());
    if (target === null) return;
    work.run(target, passwords, () => setWanted(NOTHING_WANTED));
  };
  return (
    <footer className={classes.foot}>
      {waiting > 0 ? <InitialPasswords count={waiting} wanted={wanted} onChange={setWanted} disabled={work.running} /> : null}
      <span className={classes.muted}>{t(plan.conflicts > 0 ? "review.settleFirst" : plan.refused.length > 0 ? "review.refusedShort" : half ? "review.initialEmpty" : "review.touchesNothing")}</span>
      <div className={classes.target}>
        <TextInput
          aria-label={t("review.folder")}
          placeholder={t("review.folder")}
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
          disabled={work.running}
          autoComplete="off"
          spellCheck={false}
          className={classes.targetField}
        />
        <ActionIcon variant="default" aria-label={t("review.pickFolder")} disabled={work.running} onClick={() => void pick()}>
          <FolderOpen size={14} strokeWidth={1.6} aria-hidden="true" />
        </ActionIcon>
        {deskOf(desk)?.connects && !work.running ? (
          <>
            <Button variant="default" disabled={count === 0 || blocked || half || applying.running} onClick={() => setAsked(true)}>
              {t("database.apply.button")}
            </Button>
            <ApplyDialog opened={asked} onClose={() => setAsked(false)} plan={plan} count={count} desk={desk} initial={passwords} work={applying} onDone={() => setWanted(NOTHING_WANTED)} />
          </>
        ) : null}
        {work.running ? (
          <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
            {t("kit.cancel")}
          </Button>
        ) : (
          <Button disabled={count === 0 || blocked || half || applying.running} onClick={() => void write()}>
            {t("review.export", { count, figure: number(count) })}
          </Button>
        )}
      </div>
    </footer>
  );
}
