import { Button } from "@mantine/core";
import { deskOf } from "@/bridge/desks";
import { useTranslateWorkspace } from "@/bridge/elsewhere";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { pickTarget } from "@/bridge/native";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";

interface KeepButtonProps {
  /** The desk. */
  to: string;
  /** The workspace's name. */
  name: string;
  disabled: boolean;
}

/** Makes a workspace of another desk, where one says. While it is made, the button stops it. */
export function KeepButton({ to, name, disabled }: KeepButtonProps) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const work = useTranslateWorkspace();
  const keep = async () => {
    const proposal = t("elsewhere.fileName", { name, desk: deskOf(to)?.name ?? to }).replace(/[\\/:*?"<>|]+/g, " ");
    const path = await pickTarget(t("elsewhere.keepTitle"), `${proposal}.portico`, [{ name: t("workspace.fileKind"), extensions: ["portico"] }]);
    if (path === null) return;
    try {
      const made = await work.run({ to, path });
      toasts.done(t("elsewhere.kept", { path: made.path }));
    } catch (thrown) {
      if (asApiError(thrown).code === "cancelled") {
        toasts.done(t("elsewhere.stopped"));
        return;
      }
      const { title, text } = errorWords(thrown);
      toasts.failed(`${title}. ${text}`);
    }
  };
  if (work.running) {
    return (
      <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
        {t("kit.cancel")}
      </Button>
    );
  }
  return (
    <Button variant="default" disabled={disabled} onClick={() => void keep()}>
      {t("elsewhere.keep")}
    </Button>
  );
}
