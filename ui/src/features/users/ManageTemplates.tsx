import { ActionIcon, Button, Modal, TextInput } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { useTemplates } from "@/bridge/reads";
import type { TemplateRow } from "@/bridge/types";
import { useDeleteTemplate, useSaveTemplate } from "@/bridge/writes";
import { EmptyState } from "@/kit/EmptyState";
import { toasts } from "@/kit/Toasts";
import classes from "./UserList.module.css";

/** Renames and deletes templates; each is one change that can be undone. */
export function ManageTemplates({ onClose }: { onClose: () => void }) {
  const { t } = useDeskWords();
  const templates = useTemplates().data ?? [];
  return (
    <Modal opened onClose={onClose} title={t("userform.manageTemplates")} size={520} closeButtonProps={{ "aria-label": t("kit.close") }} transitionProps={{ duration: 0 }}>
      {templates.length === 0 ? <EmptyState title={t("userform.noTemplates")} /> : null}
      <ul className={classes.templates}>
        {templates.map((template) => (
          <OneTemplate key={template.id} template={template} />
        ))}
      </ul>
    </Modal>
  );
}

function OneTemplate({ template }: { template: TemplateRow }) {
  const { t, d } = useDeskWords();
  const errorWords = useErrorWords();
  const save = useSaveTemplate();
  const remove = useDeleteTemplate();
  const [name, setName] = useState(template.name);
  const changed = name.trim() !== "" && name.trim() !== template.name;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (changed) save.mutate({ id: template.id, name: name.trim(), form: null, user: null, fields: [] });
  };
  const fields = template.fields.map((field) => d(`field.${field}`)).join(", ");
  const taken = save.isError && asApiError(save.error).code === "conflict";
  return (
    <li className={classes.template}>
      <form onSubmit={send} className={classes.templateName}>
        <TextInput
          size="xs"
          aria-label={t("userform.templateNameOf", { name: template.name })}
          value={name}
          error={taken ? t("userform.templateTaken") : save.isError ? errorWords(save.error).title : null}
          onChange={(event) => {
            save.reset();
            setName(event.currentTarget.value);
          }}
          autoComplete="off"
        />
        <Button type="submit" variant="default" disabled={!changed} loading={save.isPending}>
          {t("userform.renameTemplate")}
        </Button>
        <ActionIcon
          aria-label={t("userform.deleteTemplate", { name: template.name })}
          loading={remove.isPending}
          onClick={() => remove.mutate(template.id, { onError: (thrown) => toasts.failed(errorWords(thrown).title) })}
        >
          <Trash2 size={14} strokeWidth={1.6} aria-hidden="true" />
        </ActionIcon>
      </form>
      <p className={classes.templateFields}>{fields === "" ? t("userform.templateEmpty") : fields}</p>
    </li>
  );
}
