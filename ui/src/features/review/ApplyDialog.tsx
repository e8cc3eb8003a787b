import { Button } from "@mantine/core";
import { type DatabaseForm, useDatabase } from "@/bridge/database";
import { useDatabaseFields } from "@/bridge/databaseFields";
import { deskOf } from "@/bridge/desks";
import type { InitialPasswords, PlanView } from "@/bridge/types";
import { useConfirm } from "@/kit/ConfirmAction";
import { ConnectDialog } from "@/kit/ConnectDialog";
import { DatabaseFields } from "@/kit/DatabaseFields";
import { useWords } from "@/words";
import type { ApplyRun } from "./useApply";

interface ApplyDialogProps {
  opened: boolean;
  onClose: () => void;
  plan: PlanView;
  /** How many changes go out. */
  count: number;
  desk: string;
  initial: InitialPasswords | null;
  work: ApplyRun;
  onDone: () => void;
}

/** Asks for the desk's database, and once more before it is changed. */
export function ApplyDialog({ opened, onClose, plan, count, desk, initial, work, onDone }: ApplyDialogProps) {
  const { t, number } = useWords();
  const confirm = useConfirm();
  const form = useDatabase("database.apply");
  const fields = useDatabaseFields(form, deskOf(desk)?.databases ?? [], false);
  const start = (dryRun: boolean) => {
    form.remember();
    const input = { to: form.address, initial, dry_run: dryRun, agreed: plan.mark };
    work.run(input, form.login, onDone);
    form.setPassword("");
  };
  const rehearse = () => {
    onClose();
    start(true);
  };
  const apply = async () => {
    onClose();
    const { database, host, socket } = form.place;
    const asked = { count, figure: number(count), database, server: host || socket };
    if (await confirm({ title: t("database.apply.ask", asked), body: t("database.apply.askText"), confirm: t("database.apply.go", asked), danger: true })) start(false);
  };
  const ready = form.address !== "";
  return (
    <ConnectDialog
      opened={opened}
      onClose={onClose}
      title={t("database.apply.title")}
      text={t("database.apply.text")}
      go={t("database.apply.go", { count, figure: number(count) })}
      onGo={ready ? () => void apply() : null}
      more={<Rehearse form={form} onRehearse={rehearse} />}
    >
      <DatabaseFields {...fields} />
    </ConnectDialog>
  );
}

function Rehearse({ form, onRehearse }: { form: DatabaseForm; onRehearse: () => void }) {
  const { t } = useWords();
  return (
    <Button variant="default" disabled={form.address === ""} onClick={onRehearse}>
      {t("desks.rehearse")}
    </Button>
  );
}
