import { ActionIcon, Menu, Tabs } from "@mantine/core";
import { Ellipsis, UserPlus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { UserDetail, UserForm, Viewer } from "@/bridge/types";
import { useConfirm } from "@/kit/ConfirmAction";
import { FormFoot, FormPanel } from "@/kit/FormPanel";
import { PageHead } from "@/kit/PageHead";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { AccessTab } from "./AccessTab";
import { tabOf } from "./fields";
import { FormNotice } from "./FormNotice";
import { IdentityTab } from "./IdentityTab";
import { type EditedUser, useUserForm } from "./useUserForm";
import type { OpenUser } from "./UserZone";
import classes from "./UserPanel.module.css";

interface UserPanelProps {
  detail: UserDetail;
  onViewer: (viewer: Viewer, unsaved: number) => void;
  onSaved: (id: string) => void;
  onOpen: (open: OpenUser) => void;
}

/** The name as people say it; the login where there is none. */
export function nameOf(form: UserForm): string {
  return `${form.first_name} ${form.last_name}`.trim() || form.login;
}

/** A person's form: head, tabs, notices, foot. */
export function UserPanel({ detail, onViewer, onSaved, onOpen }: UserPanelProps) {
  const words = useWords();
  const { t, tOr } = words;
  const confirm = useConfirm();
  const [tab, setTab] = useState<"identity" | "access">("identity");
  const root = useRef<HTMLDivElement>(null);
  const edited = useUserForm(detail, (error) => toasts.failed(tOr(`error.${error.code}.title`, error.message)));
  const { base, form, dirty } = edited;
  const isNew = base.id === "";

  const unsaved = dirty.length;
  useEffect(() => {
    onViewer({ id: isNew ? null : base.id, draft: isNew || unsaved > 0 ? form : null }, unsaved);
  }, [onViewer, isNew, base.id, form, unsaved]);

  const goTo = (field: string) => {
    setTab(tabOf(field));
    // The other tab has to be there before one of its fields can take the focus.
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`#field-${field}`)?.focus());
  };
  const save = async () => {
    const outcome = await edited.save();
    if (outcome.kind === "invalid") goTo(outcome.field);
    if (outcome.kind === "failed") toasts.failed(tOr(`error.${outcome.error.code}.title`, outcome.error.message));
    if (outcome.kind === "saved") {
      toasts.done(t("users.saved", { name: nameOf(form) }));
      onSaved(outcome.id);
    }
  };
  const discard = async () => {
    const question = { title: t("users.discardTitle", { count: unsaved }), body: t("users.discardBody"), confirm: t("kit.discard"), danger: true };
    if (unsaved < 3 || (await confirm(question))) edited.discard();
  };
  useSaveKey(() => void save());

  const title = isNew ? t("users.newTitle") : nameOf(base.form);
  return (
    <Tabs
      ref={root}
      value={tab}
      onChange={(next) => setTab(next === "access" ? "access" : "identity")}
      keepMounted={false}
      className={classes.panel}
    >
      <FormPanel
        label={t("users.formOf", { name: title })}
        head={
          <>
            <PageHead title={title} sub={<Subline edited={edited} />}>
              {isNew ? null : <MoreMenu name={nameOf(base.form)} onLike={() => onOpen({ like: base.id })} />}
            </PageHead>
            <FormNotice edited={edited} />
            <Tabs.List aria-label={t("users.tabs")} className={classes.tabList}>
              <TabHead name="identity" label={t("users.identity")} edited={edited} />
              <TabHead name="access" label={t("users.access")} edited={edited} />
            </Tabs.List>
          </>
        }
        foot={
          <FormFoot
            dirty={unsaved}
            saving={edited.saving}
            blocked={edited.errors.length > 0 ? t("users.toCorrect", { count: new Set(edited.errors.map((error) => error.field)).size }) : undefined}
            onDiscard={() => void discard()}
            onSave={() => void save()}
          />
        }
      >
        <Tabs.Panel value="identity">
          <IdentityTab edited={edited} />
        </Tabs.Panel>
        <Tabs.Panel value="access">
          <AccessTab edited={edited} />
        </Tabs.Panel>
      </FormPanel>
    </Tabs>
  );
}

function Subline({ edited }: { edited: EditedUser }) {
  const { t } = useWords();
  const { base } = edited;
  if (base.id === "") return <>{t("users.newSub")}</>;
  if (!base.in_desk) return <>{t("users.notInDesk")}</>;
  const count = base.changed_fields.length;
  return <>{count > 0 ? t("users.pendingSub", { count }) : t("users.inDesk")}</>;
}

/** A tab's word; a dot where it holds unsaved fields, a remark where it holds errors. */
function TabHead({ name, label, edited }: { name: "identity" | "access"; label: string; edited: EditedUser }) {
  const { t } = useWords();
  const wrong = edited.errors.some((error) => tabOf(error.field) === name);
  const dirty = edited.dirty.some((field) => tabOf(field) === name);
  const mark = wrong ? t("users.tabWrong") : dirty ? t("kit.fieldChanged") : null;
  return (
    <Tabs.Tab value={name}>
      {label}
      {mark ? <span className={classes.tabDot} data-wrong={wrong || undefined} role="img" aria-label={mark} title={mark} /> : null}
    </Tabs.Tab>
  );
}

function MoreMenu({ name, onLike }: { name: string; onLike: () => void }) {
  const { t } = useWords();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("users.more", { name })}>
          <Ellipsis size={16} strokeWidth={1.8} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<UserPlus size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={onLike}>
          {t("users.newLike", { name })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Ctrl S saves, wherever the focus is. */
function useSaveKey(save: () => void): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") {
        event.preventDefault();
        latest.current();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
