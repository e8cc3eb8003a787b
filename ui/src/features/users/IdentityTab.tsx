import { TextInput, Textarea } from "@mantine/core";
import { FormRow, FormSection } from "@/kit/FormPanel";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import type { TextField } from "./draft";
import { sections, validities } from "./fields";
import { useRow } from "./useRow";
import type { EditedUser } from "./useUserForm";
import classes from "./UserPanel.module.css";

const narrow: TextField[] = ["title", "zip"];

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

function IdentityRow({ edited, field }: { edited: EditedUser; field: TextField }) {
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
  const Input = field === "description" ? Textarea : TextInput;
  return (
    <FormRow {...row} hint={hint} was={was === "" ? t("kit.wasNone") : t("kit.was", { value: was })}>
      {(ids) => (
        <Input
          id={ids.id}
          value={value}
          error={ids.invalid}
          aria-describedby={ids.describedBy}
          className={narrow.includes(field) ? classes.narrow : undefined}
          classNames={field === "login" ? { input: classes.mono } : undefined}
          autoComplete="off"
          spellCheck={field === "description"}
          onChange={(event) => edited.set(field, event.currentTarget.value)}
          {...(field === "description" ? { autosize: true, minRows: 2, maxRows: 8 } : {})}
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
