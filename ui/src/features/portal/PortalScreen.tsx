import { useHotkeys } from "@mantine/hooks";
import { Fragment, useState } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { effectOf } from "@/bridge/expectations";
import { useWorkspace } from "@/bridge/reads";
import { useSettingsExposure } from "@/bridge/exposure";
import { useSettingsDraft } from "@/bridge/settings";
import type { SettingInput, SettingValue, WorkspaceInfo } from "@/bridge/types";
import { Consequence } from "@/kit/Consequence";
import { EmptyState } from "@/kit/EmptyState";
import { FormFoot } from "@/kit/FormFoot";
import { PageHead } from "@/kit/PageHead";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import { Licences } from "./Licences";
import { ScenarioTable } from "./ScenarioTable";
import { SettingRow } from "./SettingRow";
import { titleOf } from "./settingValue";
import { type PortalForm, usePortal } from "./usePortal";
import { VisitorView } from "./VisitorView";
import classes from "./Portal.module.css";

/** What can be set of the desk's portal, with what it would do to people and tickets before it is saved. */
export function PortalScreen() {
  const { t } = useWords();
  const workspace = useWorkspace().data;
  const kept = useSettingsDraft(workspace?.path ?? null);
  if (!workspace || !kept) {
    return (
      <div className={classes.screen} aria-busy="true">
        <PageHead level={1} title={t("portal.title")} />
        <EmptyState title={t("kit.loading")} />
      </div>
    );
  }
  return <PortalSettings key={workspace.path} workspace={workspace} kept={kept} />;
}

function PortalSettings({ workspace, kept }: { workspace: WorkspaceInfo; kept: SettingInput[] }) {
  const form = usePortal(workspace, kept);
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { settings } = workspace;
  const [view, setView] = useState<"settings" | "visitor">("settings");
  const sections = [...new Set(settings.map((setting) => setting.section))];
  const dirty = form.changes.size;
  const error = form.error ? errorWords(form.error) : null;
  useHotkeys([["mod+S", () => (dirty > 0 && !form.saving ? form.save() : undefined)]], []);
  return (
    <div className={classes.screen} role="form" aria-label={t("portal.title")}>
      <PageHead level={1} title={t("portal.title")} sub={t("portal.lead", { desk: workspace.desk_name })}>
        {workspace.preview ? (
          <Segments
            name="portal-view"
            label={t("portal.view")}
            value={view}
            segments={[
              { value: "settings", label: t("portal.settingsView") },
              { value: "visitor", label: t("portal.visitor.view") },
            ]}
            onChange={setView}
          />
        ) : null}
      </PageHead>
      {view === "visitor" ? <VisitorView workspace={workspace} dirty={dirty > 0} onSettings={() => setView("settings")} /> : null}
      {/* What is being edited stays, also while one looks at the portal. */}
      <div className={classes.scroll} hidden={view === "visitor"}>
        {workspace.read_only ? <p className={classes.notice}>{t("error.forbidden.title")}</p> : null}
        {error ? (
          <p role="alert" className={classes.failed}>
            <strong>{error.title}</strong> {error.text}
          </p>
        ) : null}
        <Missing settings={settings} form={form} />
        {sections.map((section) => (
          <Section key={section} section={section} settings={settings.filter((one) => one.section === section)} form={form} />
        ))}
      </div>
      <Effects form={form} />
      <FormFoot dirty={dirty} saving={form.saving} onDiscard={form.discard} onSave={form.save} />
    </div>
  );
}

/** What must be given before it can be told who sees what, with a way to each. */
function Missing({ settings, form }: { settings: SettingValue[]; form: PortalForm }) {
  const words = useWords();
  const { t } = words;
  const missing = settings.filter((one) => one.decides && one.value === null && !one.assumed && !form.changes.has(one.name));
  if (missing.length === 0) return null;
  return (
    <div className={classes.missing}>
      <p className={classes.missingTitle}>{t("portal.missing", { count: missing.length })}</p>
      <p>
        {missing.map((setting, place) => (
          <Fragment key={setting.name}>
            {place > 0 ? ", " : ""}
            <button type="button" className={classes.undo} onClick={() => reach(setting.name)}>
              {titleOf(words, setting)}
            </button>
          </Fragment>
        ))}
      </p>
    </div>
  );
}

/** Leads to a setting's control. */
function reach(name: string): void {
  const row = [...document.querySelectorAll<HTMLElement>("[data-setting]")].find((one) => one.dataset["setting"] === name);
  row?.scrollIntoView({ block: "center" });
  row?.querySelector<HTMLElement>("input, select")?.focus();
}

function Section({ section, settings, form }: { section: string; settings: SettingValue[]; form: PortalForm }) {
  const { t, has } = useWords();
  const cells = settings.filter((one) => one.row !== "");
  const rows = settings.filter((one) => one.row === "");
  const lead = `portal.sectionText.${section}`;
  return (
    <section className={classes.section} aria-labelledby={`portal-${section}`}>
      <h2 id={`portal-${section}`} className={classes.title}>
        {t(`portal.section.${section}`)}
      </h2>
      {has(lead) ? <p className={classes.lead}>{t(lead)}</p> : null}
      {section === "licences" ? <Licences /> : null}
      {rows.length > 0 ? (
        <ul className={classes.list}>
          {rows.map((setting) => (
            <SettingRow key={setting.name} setting={setting} form={form} />
          ))}
        </ul>
      ) : null}
      {cells.length > 0 ? <ScenarioTable cells={cells} form={form} /> : null}
    </section>
  );
}

/** What the changes would do to whom, where the desk's access model can tell. */
function Effects({ form }: { form: PortalForm }) {
  const decides = new Set(form.workspace.settings.filter((setting) => setting.decides).map((setting) => setting.name));
  const deciding = form.workspace.preview && !form.saving ? form.inputs.filter((input) => decides.has(input.name)) : [];
  return deciding.length === 0 ? null : <Effect key={JSON.stringify(deciding)} inputs={deciding} />;
}

function Effect({ inputs }: { inputs: SettingInput[] }) {
  const words = useWords();
  const errorWords = useErrorWords();
  const work = useSettingsExposure(inputs);
  return (
    <Consequence
      effect={effectOf(words, work.exposure)}
      file={work.file}
      working={work.working}
      failed={work.error ? errorWords(work.error).title : null}
      onStop={work.stop}
      onStart={work.start}
    />
  );
}
