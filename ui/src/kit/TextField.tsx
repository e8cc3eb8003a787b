import type { FieldIds } from "./FormPanel";
import classes from "./TextField.module.css";

interface TextFieldProps {
  /** Ties the control to its row's words. */
  ids: FieldIds;
  value: string;
  onChange: (value: string) => void;
  /** For keys and logins. */
  mono?: boolean;
  /** For short values, a title or a postcode. */
  narrow?: boolean;
  /** Grows with its text. */
  multiline?: boolean;
  /** Whether it must be filled in. */
  required?: boolean;
  /** Can be read and copied, not changed. */
  readOnly?: boolean;
  /** An e-mail address: keyboards on screens show the sign for it. */
  email?: boolean;
}

/** A text in a form's row. A plain input: Mantine's own drops the description that the row gives it. */
export function TextField(props: TextFieldProps) {
  const { ids, value, onChange, mono = false, narrow = false, multiline = false, required = false, readOnly = false, email = false } = props;
  const shared = {
    id: ids.id,
    value,
    "aria-describedby": ids.describedBy,
    "aria-invalid": ids.invalid || undefined,
    "aria-required": required || undefined,
    readOnly,
    autoComplete: "off",
    spellCheck: multiline,
    className: classes.field,
    "data-mono": mono || undefined,
    "data-narrow": narrow || undefined,
  };
  if (multiline) return <textarea rows={3} {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <input type="text" inputMode={email ? "email" : undefined} {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
}
