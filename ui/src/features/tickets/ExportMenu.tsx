import { Button } from "@mantine/core";
import type { FileFormat } from "@/bridge/listExport";
import { ListMenu } from "@/kit/ListMenu";
import { useWords } from "@/words";

interface ExportMenuProps {
  file: { running: boolean; cancelling: boolean; cancel: () => void; write: (format: FileFormat) => Promise<unknown> };
}

/** A list's way into a file; while it is written, the way to stop it. */
export function ExportMenu({ file }: ExportMenuProps) {
  const { t } = useWords();
  if (file.running) {
    return (
      <Button variant="default" onClick={file.cancel} disabled={file.cancelling}>
        {t("kit.cancel")}
      </Button>
    );
  }
  return <ListMenu label={t("tickets.list")} onExport={(format) => void file.write(format)} />;
}
