import { ActionIcon, Button, Menu } from "@mantine/core";
import { ChevronDown, LayoutTemplate, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { FROM_TEMPLATE, useTemplates } from "@/bridge/reads";
import { useWords } from "@/words";
import { ManageTemplates } from "./ManageTemplates";
import classes from "./UserList.module.css";

const icon = { size: 14, strokeWidth: 1.6, "aria-hidden": true } as const;

/** New, and where there are templates the way to begin with one of them. */
export function NewButton({ onNew }: { onNew: (like: string | null) => void }) {
  const { t } = useWords();
  const templates = useTemplates().data ?? [];
  const [managing, setManaging] = useState(false);
  return (
    <span className={classes.newGroup}>
      <Button variant="default" className={classes.new} leftSection={<Plus size={14} strokeWidth={1.8} aria-hidden="true" />} onClick={() => onNew(null)}>
        <span className={classes.newWord}>{t("users.new")}</span>
      </Button>
      {templates.length > 0 ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t("userform.newFromTemplate")}>
              <ChevronDown {...icon} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t("userform.newFromTemplate")}</Menu.Label>
            {templates.map(({ id, name }) => (
              <Menu.Item key={id} leftSection={<LayoutTemplate {...icon} />} onClick={() => onNew(`${FROM_TEMPLATE}${id}`)}>
                {name}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item leftSection={<Pencil {...icon} />} onClick={() => setManaging(true)}>
              {t("userform.manageTemplates")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {managing ? <ManageTemplates onClose={() => setManaging(false)} /> : null}
    </span>
  );
}
