import { Button, Group, Menu, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { BookmarkPlus, LayoutTemplate } from "lucide-react";
import { useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import { useTemplates } from "@/bridge/reads";
import type { UserForm } from "@/bridge/types";
import { FormRow } from "@/kit/FormPanel";
import { TextField } from "@/kit/TextField";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { dirtyFields } from "./draft";
import type { EditedUser } from "./useUserForm";

const icon = { size: 14, strokeWidth: 1.6, "aria-hidden": true } as const;

/** The entries of a menu that fill the form in with a role's usual rights, and keep those of the form for the next time. */
export function TemplateItems({ edited, onSave }: { edited: EditedUser; onSave: () => void }) {
  const { t, tOr } = useWords();
  const templates = useTemplates().data ?? [];
  const apply = async (id: string) => {
    try {
      const filled = await api.applyTemplate(id, edited.form);
      const changed = dirtyFields(edited.form, filled);
      edited.change(Object.fromEntries(changed.map((field) => [field, filled[field]])) as Partial<UserForm>);
    } catch (thrown) {
      const error = asApiError(thrown);
      toasts.failed(tOr(`error.${error.code}.title`, error.message));
    }
  };
  return (
    <>
      {templates.length > 0 ? <Menu.Label>{t("userform.template")}</Menu.Label> : null}
      {templates.map(({ id, name }) => (
        <Menu.Item key={id} leftSection={<LayoutTemplate {...icon} />} onClick={() => void apply(id)}>
          {name}
        </Menu.Item>
      ))}
      {templates.length > 0 ? <Menu.Divider /> : null}
      <Menu.Item leftSection={<BookmarkPlus {...icon} />} onClick={onSave}>
        {t("userform.saveTemplate")}
      </Menu.Item>
    </>
  );
}

/** Asks for the name under which the rights of a form are kept. */
export function SaveTemplate({ form, onClose }: { form: UserForm; onClose: () => void }) {
  const { t, tOr } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState("");
  const save = async () => {
    try {
      await api.saveTemplate({ id: null, name: name.trim(), form, user: null, fields: [] });
      await client.invalidateQueries({ queryKey: keys.templates() });
      toasts.done(t("userform.templateSaved", { name: name.trim() }));
      onClose();
    } catch (thrown) {
      const error = asApiError(thrown);
      setWrong(error.fields[0]?.message ?? tOr(`error.${error.code}.title`, error.message));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("userform.saveTemplate")} closeButtonProps={{ "aria-label": t("kit.close") }}>
      <FormRow name="template" label={t("userform.templateName")} notes={wrong === "" ? [] : [{ text: wrong, warning: false }]} required>
        {(ids) => <TextField ids={ids} value={name} required onChange={setName} />}
      </FormRow>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("kit.cancel")}
        </Button>
        <Button disabled={name.trim() === ""} onClick={() => void save()}>
          {t("kit.save")}
        </Button>
      </Group>
    </Modal>
  );
}
