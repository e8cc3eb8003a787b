import { Button } from "@mantine/core";
import { Database } from "lucide-react";
import { useState } from "react";
import { useDatabase } from "@/bridge/database";
import { useDatabaseFields } from "@/bridge/databaseFields";
import type { Desk } from "@/bridge/desks";
import type { VerifyRun } from "@/bridge/exports";
import { ConnectDialog } from "@/kit/ConnectDialog";
import { DatabaseFields } from "@/kit/DatabaseFields";
import { useWords } from "@/words";

/** Reads the desk from its own database to verify an export. */
export function VerifyDatabase({ work, databases }: { work: VerifyRun; databases: Desk["databases"] }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const form = useDatabase();
  const fields = useDatabaseFields(form, databases, false);
  const verify = () => {
    setOpened(false);
    form.remember();
    work.run(form.address, form.login);
    form.setPassword("");
  };
  return (
    <>
      <Button variant="default" leftSection={<Database size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => setOpened(true)}>
        {t("database.button")}
      </Button>
      <ConnectDialog opened={opened} onClose={() => setOpened(false)} title={t("database.title")} text={t("database.hint")} go={t("database.open")} onGo={form.address === "" ? null : verify}>
        <DatabaseFields {...fields} />
      </ConnectDialog>
    </>
  );
}
