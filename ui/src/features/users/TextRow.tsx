import { useDeskWords } from "@/bridge/deskWords";
import { FormRow } from "@/kit/FormPanel";
import { TextField } from "@/kit/TextField";
import type { Field } from "./draft";
import type { RowProps } from "./formContext";
import { useRow } from "./useRow";

/** Texts up to this length, in characters, that are no numbers or addresses stand in a short field. */
const SHORT = 50;

/** A text, a key, an e-mail address, a remark. */
export function TextRow({ context, row }: RowProps) {
  const field = row.fields[0];
  const shared = useRow(context, row);
  const login = useLoginHint(context, row);
  if (!field) return null;
  return (
    <FormRow {...shared} hint={login.hint ?? shared.hint}>
      {(ids) => (
        <TextField
          ids={ids}
          value={String(context.edited.form[row.name as Field])}
          mono={field.kind === "code"}
          email={field.kind === "email"}
          narrow={row.name === "zip" || (row.name === "title" && field.max > 0 && field.max <= SHORT)}
          multiline={field.kind === "long"}
          required={field.required}
          readOnly={login.fixed}
          onChange={(next) => context.edited.change({ [row.name]: next })}
        />
      )}
    </FormRow>
  );
}

/** What is special about the login: whether it is fixed, and what to say about it. */
function useLoginHint({ desk, edited }: RowProps["context"], row: RowProps["row"]): { fixed: boolean; hint: string | undefined } {
  const { d } = useDeskWords();
  if (row.name !== "login") return { fixed: false, hint: undefined };
  const isNew = edited.base.id === "";
  if (!isNew && desk.login_change === "never") return { fixed: true, hint: d("hint.loginFixed") };
  if (!isNew && edited.base.in_desk && desk.login_change === "drops-links") return { fixed: false, hint: d("hint.loginInDesk") };
  if (isNew && edited.proposing) return { fixed: false, hint: `${d("hint.login")} ${d("hint.loginProposed")}` };
  return { fixed: false, hint: undefined };
}
