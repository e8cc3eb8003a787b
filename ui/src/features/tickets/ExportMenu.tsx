import { ActionIcon, Button, Menu } from "@mantine/core";
import { Ellipsis, FileSpreadsheet, FileText } from "lucide-react";
import type { FileFormat } from "@/bridge/listExport";
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
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("tickets.list")}>
          <Ellipsis size={16} strokeWidth={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<FileText size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => void file.write("csv")}>
          {t("lists.exportCsv")}
        </Menu.Item>
        <Menu.Item leftSection={<FileSpreadsheet size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => void file.write("xlsx")}>
          {t("lists.exportXlsx")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
