import { Button, Skeleton, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import { api } from "@/bridge/client";
import { useDeskWords } from "@/bridge/deskWords";
import { asApiError } from "@/bridge/error";
import type { FormRowLayout } from "@/bridge/formLayout";
import { useWorkspace } from "@/bridge/reads";
import type { BulkEdit, BulkForm, BulkPreview, DeskForm, FieldInfo, Selection, Spread } from "@/bridge/types";
import { FailedState } from "@/kit/FailedState";
import { FormPanel, FormSection } from "@/kit/FormPanel";
import { FormTabHead, FormTabList } from "@/kit/FormTabs";
import { Kbd } from "@/kit/Kbd";
import { MoreFields } from "@/kit/MoreFields";
import { PageHead } from "@/kit/PageHead";
import { BulkRow, UntouchAll } from "./BulkRow";
import { ExposureLine } from "./ExposureLine";
import { Problems } from "./Problems";
import { type Touch, type Touched, editsOf, letting, tabsOf, touching } from "./touched";
import { type RecordSearch, useRecordSearch } from "./useRecordSearch";
import { canWrite, useTrial } from "./useTrial";
import { useWriting } from "./useWriting";
import classes from "./Bulk.module.css";

interface BulkEditorProps {
  /** Whom to edit. */
  people: Selection;
  onClose: () => void;
}

const fields = (desk: DeskForm, field: FieldInfo): { choices: string[]; rights: string[] } => {
  if (field.kind === "status") return { choices: desk.statuses, rights: [] };
  // A password is typed for one person at a time.
  if (field.kind === "password") return { choices: desk.password.ways.filter((way) => way !== "typed"), rights: [] };
  if (field.kind === "rights") return { choices: [], rights: desk.permissions };
  if (field.kind === "levels") return { choices: [], rights: desk.levels };
  return { choices: field.choices, rights: [] };
};

/** Many people in one form: what nobody touches stays as it is in everybody. */
export function BulkEditor({ people, onClose }: BulkEditorProps) {
  const { t } = useDeskWords();
  const desk = useQuery({ queryKey: ["users", "desk-form"], queryFn: () => api.deskForm() });
  const form = useQuery({ queryKey: ["users", "bulk", people], queryFn: () => api.bulkForm(people), gcTime: 0 });
  const failed = [desk, form].find((each) => each.data === undefined && each.error);
  if (failed) return <FailedState error={asApiError(failed.error)} onRetry={() => void failed.refetch()} />;
  if (!desk.data || !form.data) {
    return (
      <div className={classes.loading} role="status" aria-label={t("kit.loading")}>
        {[...Array(8).keys()].map((line) => (
          <Skeleton key={line} height={28} animate={false} />
        ))}
      </div>
    );
  }
  return <Editor desk={desk.data} form={form.data} people={people} onClose={onClose} />;
}

function Editor({ desk, form, people, onClose }: BulkEditorProps & { desk: DeskForm; form: BulkForm }) {
  const { t, number, d } = useDeskWords();
  const deskName = useWorkspace().data?.desk_name ?? "";
  const [touched, setTouched] = useState<Touched>(new Map());
  const [skip, setSkip] = useState(false);
  const [more, setMore] = useState(false);
  const tabs = useMemo(() => tabsOf(desk, form.people), [desk, form.people]);
  const [tab, setTab] = useState(tabs[0]?.name ?? "");
  const root = useRef<HTMLDivElement>(null);
  const records = useRecordSearch(desk, form.fields);
  const edits = useMemo(() => editsOf(desk, touched), [desk, touched]);
  const edit: BulkEdit = { people, edits, skip_invalid: skip };
  const trial = useTrial<BulkPreview>({
    key: edits.length > 0 ? JSON.stringify(edit) : null,
    preview: (job) => api.bulkPreview(edit, job),
    exposure: (job, told) => (told.changed > told.invalid && (told.invalid === 0 || skip) ? api.bulkExposure(edit, job) : null),
  });
  const writing = useWriting({ onDone: onClose, onStale: trial.again });
  const ready = canWrite(trial.preview, trial.busy, skip) && !writing.busy;
  const save = () => {
    const version = trial.preview?.version;
    if (ready && version !== undefined) writing.write((job) => api.bulkSave(edit, version, job));
  };
  useEffect(() => {
    root.current?.querySelector<HTMLElement>("[data-title]")?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    }
  };
  const row = ({ fields: [field] }: FormRowLayout) =>
    field ? (
      <Row
        key={field.name}
        desk={desk}
        field={field}
        spread={form.fields.find((spread) => spread.field === field.name)}
        touch={touched.get(field.name)}
        onTouched={setTouched}
        records={records}
      />
    ) : null;
  const isTouched = (field: string) => edits.some((edit) => edit.field === field);

  return (
    // Esc and Ctrl S belong to the whole form, wherever in it the focus is.
    <Tabs ref={root} value={tab} onChange={(next) => setTab(next ?? tab)} keepMounted={false} className={classes.root} onKeyDown={onKeyDown}>
      <FormPanel
        label={t("bulk.formOf", { people: number(form.people) })}
        head={
          <>
            <PageHead title={<span tabIndex={-1} data-title className={classes.title}>{t("bulk.title", { count: form.people, people: number(form.people) })}</span>} sub={t("bulk.sub")}>
              <Button variant="subtle" color="gray" aria-keyshortcuts="Escape" leftSection={<X size={14} aria-hidden="true" />} rightSection={<Kbd keys="Esc" />} onClick={onClose}>
                {t("kit.close")}
              </Button>
            </PageHead>
            <FormTabList label={t("users.tabs")}>
              {tabs.map((each) => {
                const rows = [...each.sections.flatMap((section) => section.rows), ...each.more];
                return <FormTabHead key={each.name} value={each.name} label={d(`tab.${each.name}`)} mark={rows.some((of) => isTouched(of.name)) ? t("kit.fieldChanged") : null} />;
              })}
            </FormTabList>
          </>
        }
        foot={
          <footer className={classes.foot}>
            {trial.preview ? <Problems preview={trial.preview} skip={skip} onSkip={setSkip} /> : null}
            <ExposureLine trial={trial} source={{ of: "bulk", edit }} />
            <div className={classes.buttons}>
              <span className={classes.state} role="status">
                {edits.length === 0 ? t("bulk.untouched") : trial.preview ? t("bulk.changed", { count: trial.preview.changed, changed: number(trial.preview.changed), people: number(trial.preview.people) }) : ""}
              </span>
              <UntouchAll count={touched.size} onClick={() => setTouched(new Map())} />
              <Button aria-disabled={!ready} data-disabled={!ready || undefined} aria-keyshortcuts="Control+S" onClick={save} rightSection={<Kbd keys="Ctrl S" onAccent />}>
                {writing.busy ? t("kit.saving") : t("kit.save")}
              </Button>
              {writing.busy ? (
                <Button variant="default" onClick={writing.stop}>
                  {t("kit.cancel")}
                </Button>
              ) : null}
            </div>
          </footer>
        }
      >
        {tabs.map((each) => (
          <Tabs.Panel key={each.name} value={each.name}>
            {each.sections.map(({ name, rows }) => {
              const title = d(`section.${name}`);
              return (
                <FormSection key={name} title={title} silent={rows.length === 1 && d(`field.${rows[0]?.name ?? ""}`) === title}>
                  {rows.map(row)}
                </FormSection>
              );
            })}
            {each.more.length > 0 ? (
              <MoreFields title={t("userform.more")} text={t("userform.moreText", { desk: deskName })} open={more} onOpen={setMore}>
                {each.more.map(row)}
              </MoreFields>
            ) : null}
          </Tabs.Panel>
        ))}
      </FormPanel>
    </Tabs>
  );
}

interface RowProps {
  desk: DeskForm;
  field: FieldInfo;
  spread: Spread | undefined;
  touch: Touch | undefined;
  onTouched: (change: (old: Touched) => Touched) => void;
  records: RecordSearch;
}

/** Drawn anew only when its own field is touched: a form has many rows. */
const Row = memo(function Row({ desk, field, spread, touch, onTouched, records }: RowProps) {
  const { choices, rights } = fields(desk, field);
  return (
    <BulkRow
      field={field}
      spread={spread}
      touch={touch}
      onTouch={(next) => onTouched((old) => touching(old, field.name, next))}
      onLet={() => onTouched((old) => letting(old, field.name))}
      records={records}
      choices={choices}
      rights={rights}
    />
  );
});
