import { Menu } from "@mantine/core";
import { ClipboardPaste } from "lucide-react";
import type { FileFormat } from "@/bridge/listExport";
import type { UserRow } from "@/bridge/types";
import type { ColumnChoice } from "@/kit/columnChoice";
import { ColumnsMenu } from "@/kit/ColumnsMenu";
import { ListMenu } from "@/kit/ListMenu";
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

/** The head of the list of people: view, columns, more, New. */
export function UserListHead({ count, columns, choice, onChoice, menu, onPaste, onExport, onNew }: UserListHeadProps) {
  const { t } = useWords();
  return (
    <div className={classes.head}>
      <PageHead level={1} title={t("users.title")} count={count}>
        <ViewMenu {...menu} />
        <ColumnsMenu columns={columns} choice={choice} onChoice={onChoice} />
        <ListMenu label={t("lists.more")} onExport={onExport}>
          <Menu.Item leftSection={<ClipboardPaste size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={onPaste}>
            {t("lists.paste")}
          </Menu.Item>
        </ListMenu>
        <NewButton onNew={onNew} />
      </PageHead>
    </div>
  );
}
