import { ActionIcon, Menu } from "@mantine/core";
import { ArrowLeftRight, Ellipsis, ShieldCheck, UserPlus, UserX } from "lucide-react";
import { useState } from "react";
import { useWords } from "@/words";
import { SaveTemplate, TemplateItems } from "./Templates";
import type { EditedUser } from "./useUserForm";

interface MoreMenuProps {
  name: string;
  edited: EditedUser;
  /** Leads to a new form with the same rights; not offered without it. */
  onLike?: () => void;
  /** Where what the person sees today is offered as expectations; not offered without it. */
  expectHref?: string;
  /** Holds the person against another; not offered without it. */
  onCompare?: () => void;
  /** Ends the person's access; not offered without it. */
  onOffboard?: () => void;
}

/** What else can be done with a person. */
export function MoreMenu({ name, edited, onLike, expectHref, onCompare, onOffboard }: MoreMenuProps) {
  const { t } = useWords();
  const [saving, setSaving] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("users.more", { name })}>
            <Ellipsis size={16} strokeWidth={1.8} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {onLike ? (
            <Menu.Item leftSection={<UserPlus size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={onLike}>
              {t("users.newLike", { name })}
            </Menu.Item>
          ) : null}
          <TemplateItems edited={edited} onSave={() => setSaving(true)} />
          {expectHref ? (
            <Menu.Item component="a" href={expectHref} leftSection={<ShieldCheck size={14} strokeWidth={1.6} aria-hidden="true" />}>
              {t("expectations.fromPerson", { name })}
            </Menu.Item>
          ) : null}
          {onCompare ? (
            <Menu.Item leftSection={<ArrowLeftRight size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={onCompare}>
              {t("compare.with")}
            </Menu.Item>
          ) : null}
          {onOffboard ? (
            <Menu.Item leftSection={<UserX size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={onOffboard}>
              {t("bulk.offboardOne", { name })}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {saving ? <SaveTemplate form={edited.form} onClose={() => setSaving(false)} /> : null}
    </>
  );
}
