import { Tabs } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { useWorkspace } from "@/bridge/reads";
import type { DeskForm, UserDetail, UserForm, Viewer } from "@/bridge/types";
import { useConfirm } from "@/kit/ConfirmAction";
import { FormFoot } from "@/kit/FormFoot";
import { FormPanel } from "@/kit/FormPanel";
import { FormTabHead, FormTabList } from "@/kit/FormTabs";
import { PageHead } from "@/kit/PageHead";
import { toasts } from "@/kit/Toasts";
import { AccountFoot } from "./AccountFoot";
import { dirtyFields } from "./draft";
import type { FormContext } from "./formContext";
import { FormEffect } from "./FormEffect";
import { FormNotice } from "./FormNotice";
import { FormTab } from "./FormTab";
import { type TabLayout, layoutOf, placeOf } from "@/bridge/formLayout";
import { expectationsHref } from "@/features/expectations/paths";
import { MoreMenu } from "./MoreMenu";
import { PersonFindings } from "./PersonFindings";
import { Subline } from "./Subline";
import { useFieldText } from "./useFieldText";
import { useFormKeys } from "@/kit/useFormKeys";
import { useRecordNames } from "./useRecordNames";
import { type EditedUser, useUserForm } from "./useUserForm";
import classes from "./UserPanel.module.css";

interface UserPanelProps {
  desk: DeskForm;
  detail: UserDetail;
  /** The key under which a new form is kept; `null` for a person. */
  draft: string | null;
  /** Values that are to be put into the fields, unsaved; null for none. */
  given: UserForm | null;
  /** Hears that they are there. */
  onGiven: () => void;
  onViewer: (viewer: Viewer, unsaved: number) => void;
  onSaved: (id: string) => void;
  /** Leaves the form. */
  onLeave: () => void;
  /** Leads to a new form with the rights of a person. */
  onLike: (id: string) => void;
  onOffboard?: (id: string) => void;
  /** Holds a person against another; not offered without it. */
  onCompare?: (id: string) => void;
}

/** The name as people say it; the title or the login where there is none. */
export function nameOf(form: UserForm): string {
  return `${form.first_name} ${form.last_name}`.trim() || form.title.trim() || form.login;
}

/** A person's form: head, tabs, notices, foot. */
export function UserPanel({ desk, detail, draft, given, onGiven, onViewer, onSaved, onLeave, onLike, onOffboard, onCompare }: UserPanelProps) {
  const { t, tOr, d } = useDeskWords();
  const confirm = useConfirm();
  const tabs = useMemo(() => layoutOf(desk), [desk]);
  const [tab, setTab] = useState(tabs[0]?.name ?? "");
  const [more, setMore] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const edited = useUserForm(desk, detail, draft, (error) => toasts.failed(tOr(`error.${error.code}.title`, error.message)));
  const { base, form, dirty } = edited;
  const names = useRecordNames(desk, edited.stale ? [base.form, form, edited.stale.theirs] : [base.form, form]);
  const text = useFieldText(names, base.groups);
  const { encrypted: sealed = false, preview: previews = false } = useWorkspace().data ?? {};
  const context: FormContext = { desk, edited, names, text, sealed };
  const isNew = base.id === "";

  const unsaved = dirty.length;
  useEffect(() => {
    onViewer({ id: isNew ? null : base.id, draft: isNew || unsaved > 0 ? form : null }, unsaved);
  }, [onViewer, isNew, base.id, form, unsaved]);

  const goTo = (field: string) => {
    const place = placeOf(tabs, field);
    setTab(place.tab);
    if (place.more) setMore(true);
    const names = [`${field}_typed`, field, place.row];
    // The other tab has to be there before one of its fields can take the focus.
    requestAnimationFrame(() => names.map((name) => root.current?.querySelector<HTMLElement>(`#field-${name}`)).find((found) => found)?.focus());
  };
  useEffect(() => {
    if (given === null) return;
    const fields = dirtyFields(form, given);
    edited.change(Object.fromEntries(fields.map((field) => [field, given[field]])));
    onGiven();
    // Not before the fields hold it.
    const [first] = fields;
    if (first !== undefined) requestAnimationFrame(() => goTo(first));
    // oxlint-disable-next-line react/exhaustive-deps -- once for what is given, whatever stands in the form by then
  }, [given]);
  // Whoever asked for a new form types next.
  useEffect(() => {
    const { fields } = desk.user;
    const first = fields.find((field) => field.name === "first_name" && field.known) ?? fields.find((field) => field.required);
    if (isNew && given === null && first) goTo(first.name);
    // oxlint-disable-next-line react/exhaustive-deps -- when the form opens, not while it is filled in
  }, []);
  const save = async (finish = false) => {
    const outcome = await edited.save();
    if (outcome.kind === "invalid") goTo(outcome.field);
    if (outcome.kind === "failed") toasts.failed(tOr(`error.${outcome.error.code}.title`, outcome.error.message));
    if (outcome.kind === "saved") toasts.done(t("users.saved", { name: nameOf(form) }));
    if (finish && (outcome.kind === "saved" || outcome.kind === "nothing")) onLeave();
    else if (outcome.kind === "saved") onSaved(outcome.id);
  };
  const discard = async () => {
    const question = { title: t("users.discardTitle", { count: unsaved }), body: t("users.discardBody"), confirm: t("kit.discard"), danger: true };
    if (unsaved < 3 || (await confirm(question))) edited.discard();
  };
  useFormKeys({ save: () => void save(), finish: () => void save(true) });

  const title = isNew ? t("users.newTitle") : nameOf(base.form);
  const wrong = new Set(edited.errors.map((error) => error.field)).size;
  return (
    <Tabs ref={root} value={tab} onChange={(next) => setTab(next ?? tab)} keepMounted={false} className={classes.panel}>
      <FormPanel
        label={t("users.formOf", { name: title })}
        head={
          <>
            <PageHead title={title} sub={<Subline base={base} expires={form.expires} />}>
              <MoreMenu
                name={title}
                edited={edited}
                expectHref={isNew ? undefined : expectationsHref(base.id)}
                onCompare={isNew || !onCompare ? undefined : () => onCompare(base.id)}
                onLike={isNew ? undefined : () => onLike(base.id)}
                onOffboard={isNew || !onOffboard ? undefined : () => onOffboard(base.id)}
              />
            </PageHead>
            <FormNotice context={context} />
            <PersonFindings base={base} onField={goTo} />
            <FormTabList label={t("users.tabs")}>
              {tabs.map((each) => (
                <TabHead key={each.name} tab={each} tabs={tabs} label={d(`tab.${each.name}`)} edited={edited} />
              ))}
            </FormTabList>
          </>
        }
        foot={
          <>
            {previews && unsaved > 0 && wrong === 0 && !edited.saving ? <FormEffect id={isNew ? null : base.id} form={form} /> : null}
            <FormFoot
              dirty={unsaved}
              fresh={isNew}
              saving={edited.saving}
              blocked={wrong > 0 ? t("users.toCorrect", { count: wrong }) : undefined}
              onDiscard={() => void discard()}
              onSave={() => void save()}
              onFinish={() => void save(true)}
              finish={t("userform.finish")}
            >
              {desk.steps.length > 0 ? <AccountFoot context={context} /> : null}
            </FormFoot>
          </>
        }
      >
        {tabs.map((each) => (
          <Tabs.Panel key={each.name} value={each.name}>
            <FormTab context={context} tab={each} more={more} onMore={setMore} />
          </Tabs.Panel>
        ))}
      </FormPanel>
    </Tabs>
  );
}

/** A tab's word; a dot where it holds unsaved fields, a remark where it holds errors. */
function TabHead({ tab, tabs, label, edited }: { tab: TabLayout; tabs: TabLayout[]; label: string; edited: EditedUser }) {
  const { t } = useDeskWords();
  const here = (field: string) => placeOf(tabs, field).tab === tab.name;
  const wrong = edited.errors.some((error) => here(error.field));
  const mark = wrong ? t("users.tabWrong") : edited.dirty.some(here) ? t("kit.fieldChanged") : null;
  return <FormTabHead value={tab.name} label={label} mark={mark} wrong={wrong} />;
}
