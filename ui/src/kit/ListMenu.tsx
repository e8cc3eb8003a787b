import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, FileSpreadsheet, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "@/words";

interface ListMenuProps {
  /** The menu's name for people who hear it. */
  label: string;
  onExport: (format: "csv" | "xlsx") => void;
  /** Whether it is on its way into a file already. */
  busy?: boolean;
  /** What else can be done with the list, before the ways into a file. */
  children?: ReactNode;
}

const icon = { size: 14, strokeWidth: 1.6, "aria-hidden": true } as const;

/** What can be done with a list as a whole. */
export function ListMenu({ label, onExport, busy = false, children }: ListMenuProps) {
  const { t } = useWords();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={label}>
          <Ellipsis size={16} strokeWidth={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {children ? (
          <>
            {children}
            <Menu.Divider />
          </>
        ) : null}
        <Menu.Item leftSection={<FileText {...icon} />} disabled={busy} onClick={() => onExport("csv")}>
          {t("lists.exportCsv")}
        </Menu.Item>
        <Menu.Item leftSection={<FileSpreadsheet {...icon} />} disabled={busy} onClick={() => onExport("xlsx")}>
          {t("lists.exportXlsx")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
