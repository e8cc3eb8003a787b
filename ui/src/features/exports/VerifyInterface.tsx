import { Button } from "@mantine/core";
import { Cable } from "lucide-react";
import { useState } from "react";
import type { VerifyRun } from "@/bridge/exports";
import { useInterface } from "@/bridge/interface";
import { useInterfaceFields } from "@/bridge/interfaceFields";
import { ConnectDialog } from "@/kit/ConnectDialog";
import { InterfaceFields } from "@/kit/InterfaceFields";
import { useWords } from "@/words";

/** Reads the desk from its own interface to verify an export. */
export function VerifyInterface({ work, desk, example }: { work: VerifyRun; desk: string; example: string }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const form = useInterface(desk, false);
  const fields = useInterfaceFields(form, desk, example, false);
  const close = () => {
    if (form.estimating) form.stop();
    setOpened(false);
  };
  const verify = () => {
    close();
    form.remember();
    work.run(form.address, form.login);
    form.setToken("");
  };
  return (
    <>
      <Button variant="default" leftSection={<Cable size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => setOpened(true)}>
        {t("interface.button")}
      </Button>
      <ConnectDialog opened={opened} onClose={close} title={t("interface.title")} text={t("interface.verifyHint")} go={t("exports.verifyGo")} onGo={form.address === "" ? null : verify}>
        <InterfaceFields {...fields} />
      </ConnectDialog>
    </>
  );
}
