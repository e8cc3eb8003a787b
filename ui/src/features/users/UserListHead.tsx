import { ActionIcon, Menu } from "@mantine/core";
import { ClipboardPaste, Ellipsis, FileSpreadsheet, FileText } from "lucide-react";
import type { FileFormat } from "@/bridge/listExport";
import type { UserRow } from "@/bridge/types";
import type { ColumnChoice } from "@/kit/columnChoice";
import { ColumnsMenu } from "@/kit/ColumnsMenu";
import { PageHead } from "@/kit/PageHead";
import type { TableColumn } from "@/kit/tableColumns";
import { ViewMenu } from "@/kit/ViewMenu";
import { useWords } from "@/words";
import { NewButton } from "./NewButton";
import type { useUserViews } from "./useUserViews";
import classes from "./UserList.module.css";

interface UserListHeadProps {
  count: string | undefined;
  columns: TableColumn<UserRow>[];
  choice: ColumnChoice;
  onChoice: (choice: ColumnChoice) => void;
  menu: ReturnType<typeof useUserViews>["menu"];
  onPaste: () => void;
  onExport: (format: FileFormat) => void;
  onNew: (like: string | null) => void;
}

const icon = { size: 14, strokeWidth: 1.6, "aria-hidden": true } as const;

/** The head of the list of people: view, columns, more, New. */
export function UserListHead({ count, columns, choice, onChoice, menu, onPaste, onExport, onNew }: UserListHeadProps) {
  const { t } = useWords();
  return (
    <div className={classes.head}>
      <PageHead level={1} title={t("users.title")} count={count}>
        <ViewMenu {...menu} />
        <ColumnsMenu columns={columns} choice={choice} onChoice={onChoice} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t("lists.more")}>
              <Ellipsis size={16} strokeWidth={1.6} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<ClipboardPaste {...icon} />} onClick={onPaste}>
              {t("lists.paste")}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<FileText {...icon} />} onClick={() => onExport("csv")}>
              {t("lists.exportCsv")}
            </Menu.Item>
            <Menu.Item leftSection={<FileSpreadsheet {...icon} />} onClick={() => onExport("xlsx")}>
              {t("lists.exportXlsx")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <NewButton onNew={onNew} />
      </PageHead>
    </div>
  );
}
