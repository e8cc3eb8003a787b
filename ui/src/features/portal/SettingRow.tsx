import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import type { SettingValue } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { SettingControl } from "./SettingControl";
import { readable, settingKey, titleOf } from "./settingValue";
import type { PortalForm } from "./usePortal";
import classes from "./Portal.module.css";

/** A setting: what it is, how sure that is, where its value comes from, and its control. */
export function SettingRow({ setting, form }: { setting: SettingValue; form: PortalForm }) {
  const words = useWords();
  const { tOr } = words;
  const key = settingKey(setting.name);
  const id = `setting-${key}`;
  const changed = form.changes.has(setting.name);
  const missing = setting.decides && setting.value === null && !setting.assumed && !changed;
  const problems = form.problems.filter((one) => one.field === setting.name);
  const described = [`${id}-hint`, problems.length > 0 ? `${id}-notes` : ""].filter(Boolean).join(" ");
  const isGroup = !["number", "text", "one", "names"].includes(setting.kind);
  const title = (
    <>
      {missing ? <VerdictIcon verdict="unknown" /> : null} {titleOf(words, setting)}
    </>
  );
  return (
    <li className={classes.setting} data-unknown={missing || undefined} data-changed={changed || undefined} data-setting={setting.name}>
      <div className={classes.about}>
        <span className={classes.titleLine}>
          {isGroup ? (
            <span id={`${id}-label`} className={classes.name}>
              {title}
            </span>
          ) : (
            <label id={`${id}-label`} htmlFor={id} className={classes.name}>
              {title}
            </label>
          )}
          <StandingBadge standing={setting.standing} />
        </span>
        <code className={classes.code}>{setting.name}</code>
        <span id={`${id}-hint`} className={classes.hint}>
          {tOr(`portal.setting.${key}.text`, setting.text)}
        </span>
        <Origin setting={setting} form={form} changed={changed} />
      </div>
      <div className={classes.control}>
        <SettingControl
          setting={setting}
          value={form.valueOf(setting)}
          ids={{ id, labelId: `${id}-label`, describedBy: described, invalid: problems.length > 0 }}
          disabled={form.workspace.read_only || form.saving}
          onChange={(value) => form.edit(setting, value === "null" ? null : value)}
        />
        {problems.length > 0 ? (
          <div id={`${id}-notes`} role="alert" className={classes.notes}>
            {problems.map((problem) => (
              <p key={problem.code}>
                <TriangleAlert size={13} strokeWidth={1.8} aria-hidden="true" />
                <span>{tOr(problem.code, problem.message, Object.fromEntries(problem.detail))}</span>
              </p>
            ))}
          </div>
        ) : null}
        <Offers setting={setting} form={form} changed={changed} />
      </div>
    </li>
  );
}

/** Where the value comes from; while it is changed, what it was. */
function Origin({ setting, form, changed }: { setting: SettingValue; form: PortalForm; changed: boolean }) {
  const words = useWords();
  const { t } = words;
  if (changed) {
    return (
      <span className={classes.was}>
        {t("portal.was", { value: readable(words, setting, setting.value ?? (setting.assumed ? setting.default : null)) })}
        <button type="button" className={classes.undo} aria-label={`${t("kit.undo")}: ${titleOf(words, setting)}`} onClick={() => form.revert(setting.name)}>
          {t("kit.undo")}
        </button>
      </span>
    );
  }
  return <span className={classes.origin}>{t(`portal.origin.${setting.origin ?? (setting.assumed ? "assumed" : "unknown")}`)}</span>;
}

/** What a hand can do beside the control: confirm what is only offered or assumed, or say that nobody knows. */
function Offers({ setting, form, changed }: { setting: SettingValue; form: PortalForm; changed: boolean }) {
  const words = useWords();
  const { t } = words;
  if (changed || form.workspace.read_only) return null;
  if (setting.value === null && setting.default !== null) {
    return (
      <Button variant="default" onClick={() => form.edit(setting, setting.default)}>
        {t(setting.assumed ? "portal.confirmAssumed" : "portal.confirmDefault", { value: readable(words, setting, setting.default) })}
      </Button>
    );
  }
  if (setting.origin === "confirmed") {
    return (
      <button type="button" className={classes.undo} aria-label={`${t("portal.forget")}: ${titleOf(words, setting)}`} onClick={() => form.edit(setting, null)}>
        {t("portal.forget")}
      </button>
    );
  }
  return null;
}
