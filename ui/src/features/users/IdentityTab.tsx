import { FormRow, FormSection } from "@/kit/FormPanel";
import { Segments } from "@/kit/Segments";
import { TextField } from "@/kit/TextField";
import { useWords } from "@/words";
import type { TextField as TextFieldName } from "./draft";
import { sections, validities } from "./fields";
import { useRow } from "./useRow";
import type { EditedUser } from "./useUserForm";
import classes from "./UserPanel.module.css";

const narrow: TextFieldName[] = ["title", "zip"];

/** Who the person is and how she signs in. */
export function IdentityTab({ edited }: { edited: EditedUser }) {
  const { t } = useWords();
  return (
    <>
      {sections.map((section) => (
        <FormSection key={section.key} title={t(`users.section.${section.key}`)}>
          {section.fields.map((field) => (
            <IdentityRow key={field} edited={edited} field={field} />
          ))}
          {section.key === "signIn" ? <PasswordRow edited={edited} /> : null}
        </FormSection>
      ))}
    </>
  );
}

function IdentityRow({ edited, field }: { edited: EditedUser; field: TextFieldName }) {
  const { t, has } = useWords();
  const row = useRow(edited, field);
  const value = edited.form[field];
  const hintKey = field === "login" && edited.base.in_desk ? "users.hint.loginInDesk" : `users.hint.${field}`;
  const hint = has(hintKey) ? t(hintKey) : undefined;
  const was = edited.base.form[field];
  if (field === "status") {
    const shown = was === "" ? t("kit.wasNone") : t("kit.was", { value: t(`users.validity.${was}`) });
    return (
      <FormRow {...row} group hint={hint} was={shown}>
        {(ids) => (
          <Segments
            name="status"
            labelledBy={ids.labelId}
            describedBy={ids.describedBy}
            value={value}
            segments={validities.map((validity) => ({ value: validity, label: t(`users.validity.${validity}`) }))}
            onChange={(next) => edited.set("status", next)}
          />
        )}
      </FormRow>
    );
  }
  return (
    <FormRow {...row} hint={hint} was={was === "" ? t("kit.wasNone") : t("kit.was", { value: was })}>
      {(ids) => (
        <TextField
          ids={ids}
          value={value}
          mono={field === "login"}
          narrow={narrow.includes(field)}
          multiline={field === "description"}
          onChange={(next) => edited.set(field, next)}
        />
      )}
    </FormRow>
  );
}

/** Whether the desk has a password; Portico never reads or writes one. */
function PasswordRow({ edited }: { edited: EditedUser }) {
  const { t } = useWords();
  const has = edited.base.has_password;
  const state = has === null ? "unknown" : has ? "set" : "none";
  return (
    <FormRow name="password" label={t("users.field.password")} group hint={t("users.hint.password")}>
      {() => <p className={classes.plain}>{t(`users.password.${state}`)}</p>}
    </FormRow>
  );
}
