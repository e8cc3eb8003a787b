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
}

/** A text in a form's row. A plain input: Mantine's own drops the description that the row gives it. */
export function TextField({ ids, value, onChange, mono = false, narrow = false, multiline = false }: TextFieldProps) {
  const shared = {
    id: ids.id,
    value,
    "aria-describedby": ids.describedBy,
    "aria-invalid": ids.invalid || undefined,
    autoComplete: "off",
    spellCheck: multiline,
    className: classes.field,
    "data-mono": mono || undefined,
    "data-narrow": narrow || undefined,
  };
  if (!multiline) return <input type="text" {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <textarea rows={3} {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
}
