import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useWorkspace } from "@/bridge/reads";
import type { DeskForm, RecordDetail } from "@/bridge/types";
import { useConfirm } from "@/kit/ConfirmAction";
import { FormFoot } from "@/kit/FormFoot";
import { FormPanel } from "@/kit/FormPanel";
import { PageHead } from "@/kit/PageHead";
import { toasts } from "@/kit/Toasts";
import { useFormKeys } from "@/kit/useFormKeys";
import { DeleteDialog } from "./DeleteDialog";
import { recordHref } from "./paths";
import { SavingEffect } from "./RecordEffect";
import { RecordFields } from "./RecordFields";
import { UsedBy } from "./UsedBy";
import { type EditedRecord, useRecordForm } from "./useRecordForm";
import { type RecordWords, useRecordWords } from "./useRecordWords";
import { textOf } from "./values";
import classes from "./Records.module.css";

interface RecordPanelProps {
  detail: RecordDetail;
  desk: DeskForm;
  onSaved: (id: string) => void;
  /** Leaves the form. */
  onLeave: () => void;
}

/** A record's form: head, fields, what uses it, foot. */
export function RecordPanel({ detail, desk, onSaved, onLeave }: RecordPanelProps) {
  const words = useRecordWords(desk.desk);
  const { t, tOr } = words;
  const confirm = useConfirm();
  const root = useRef<HTMLDivElement>(null);
  const [deleting, setDeleting] = useState(false);
  const edited = useRecordForm(detail, (error) => toasts.failed(tOr(`error.${error.code}.title`, error.message)));
  const { base, dirty } = edited;
  const { preview: previews = false } = useWorkspace().data ?? {};
  const isNew = base.id === "";
  const kind = words.one(base.entity);
  const title = isNew ? t("records.newOf", { what: kind }) : base.name;

  // Whoever asked for a new form types next.
  useEffect(() => {
    if (isNew) root.current?.querySelector<HTMLElement>('[data-field] input:not([type="checkbox"], [type="radio"]), [data-field] textarea')?.focus();
  }, [isNew]);
  const save = async (finish = false) => {
    const outcome = await edited.save();
    if (outcome.kind === "invalid") root.current?.querySelector<HTMLElement>(`#field-${outcome.field}`)?.focus();
    if (outcome.kind === "failed") toasts.failed(tOr(`error.${outcome.error.code}.title`, outcome.error.message));
    if (outcome.kind !== "saved") return;
    toasts.done(t("records.saved", { name: textOf(edited.form.name) || textOf(edited.form.title) || title }));
    if (finish) onLeave();
    else onSaved(outcome.id);
  };
  const discard = async () => {
    const question = { title: t("users.discardTitle", { count: dirty.length }), body: t("users.discardBody"), confirm: t("kit.discard"), danger: true };
    if (dirty.length < 3 || (await confirm(question))) edited.discard();
  };
  useFormKeys({ save: () => void save(), finish: () => void save(true) });
  const whole = edited.problems.filter((problem) => problem.field === "");
  const sub = isNew ? t("users.newSub") : !base.present ? t("records.placeholder") : base.in_desk ? t("records.inDesk", { what: kind }) : t("users.notInDesk");

  return (
    <div ref={root} className={classes.panel}>
      <FormPanel
        label={t("records.formOf", { what: kind, name: title })}
        head={
          <>
            <PageHead title={title} sub={sub}>
              {isNew ? null : (
                <Tooltip label={t("records.deleteOf", { name: base.name })}>
                  <ActionIcon aria-label={t("records.deleteOf", { name: base.name })} onClick={() => setDeleting(true)}>
                    <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
                  </ActionIcon>
                </Tooltip>
              )}
            </PageHead>
            <Path detail={base} words={words} />
            <Notices edited={edited} words={words} />
            {whole.map((problem) => (
              <p key={problem.code} className={classes.notice} data-kind="doubt" role="status">{tOr(problem.code, problem.message)}</p>
            ))}
          </>
        }
        foot={
          <>
            {previews && dirty.length > 0 && edited.sound && !edited.saving ? <SavingEffect entity={base.entity} id={isNew ? null : base.id} form={edited.form} /> : null}
            <FormFoot
              dirty={dirty.length}
              saving={edited.saving}
              blocked={edited.errors.length > 0 ? t("users.toCorrect", { count: new Set(edited.errors.map((error) => error.field)).size }) : undefined}
              onDiscard={() => void discard()}
              onSave={() => void save()}
              onFinish={() => void save(true)}
              finish={t("records.finish")}
            />
          </>
        }
      >
        <RecordFields edited={edited} desk={desk} words={words} />
        {isNew ? null : <UsedBy detail={base} words={words} />}
      </FormPanel>
      {isNew ? null : <DeleteDialog detail={base} words={words} opened={deleting} onClose={() => setDeleting(false)} onDeleted={onLeave} />}
    </div>
  );
}

/** What an object of the portal lies in. */
function Path({ detail, words }: { detail: RecordDetail; words: RecordWords }) {
  if (detail.path.length === 0) return null;
  return (
    <nav className={classes.path} aria-label={words.t("records.path")}>
      {detail.path.map((one) => (
        <a key={one.id} href={recordHref(detail.entity, one.id)} className={classes.link}>{one.name}</a>
      ))}
    </nav>
  );
}

/** What stands between the form and its saving: somebody else's save, or edits from before. */
function Notices({ edited, words }: { edited: EditedRecord; words: RecordWords }) {
  const { t } = words;
  const restored = edited.restored && edited.dirty.length > 0;
  if (!edited.stale && !restored) return null;
  return (
    <div className={classes.notice} data-kind={edited.stale ? "doubt" : "mine"} role="status">
      <p className={classes.noticeTitle}>{edited.stale ? t("records.staleTitle") : t("users.restoredTitle")}</p>
      <p>{edited.stale ? t("records.staleText") : t("users.restoredText", { count: edited.dirty.length })}</p>
      <div className={classes.noticeActions}>
        <Button variant="default" onClick={edited.stale ? edited.keepMine : edited.keepRestored}>{edited.stale ? t("records.keepMine") : t("users.restoredKeep")}</Button>
        <Button variant="subtle" onClick={edited.stale ? edited.takeTheirs : edited.discard}>{edited.stale ? t("records.takeTheirs") : t("kit.discard")}</Button>
      </div>
    </div>
  );
}
