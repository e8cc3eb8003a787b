import { ActionIcon, Tooltip } from "@mantine/core";
import { Eye, EyeOff } from "lucide-react";
import { useState, type Ref } from "react";
import { useWords } from "@/words";
import type { FieldIds } from "./FormPanel";
import classes from "./SecretField.module.css";

interface SecretFieldProps {
  /** Ties the control to its row's words. */
  ids: FieldIds;
  value: string;
  onChange: (value: string) => void;
  /** Whether a new one is chosen here; keeps the computer from filling in an old one. */
  isNew?: boolean;
  disabled?: boolean;
  /** Escape was pressed in the field. */
  onEscape?: () => void;
  /** The input itself, to put the cursor there. */
  inputRef?: Ref<HTMLInputElement>;
}

/** A secret text: hidden, and shown for as long as the eye is pressed in. */
export function SecretField({ ids, value, onChange, isNew = false, disabled = false, onEscape, inputRef }: SecretFieldProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const label = t(shown ? "kit.hideSecret" : "kit.showSecret");
  return (
    <div className={classes.field}>
      <input
        ref={inputRef}
        id={ids.id}
        type={shown ? "text" : "password"}
        className={classes.input}
        value={value}
        disabled={disabled}
        autoComplete={isNew ? "new-password" : "off"}
        autoCapitalize="off"
        spellCheck={false}
        aria-describedby={ids.describedBy}
        aria-invalid={ids.invalid || undefined}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !onEscape) return;
          event.preventDefault();
          onEscape();
        }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Tooltip label={label}>
        <ActionIcon className={classes.eye} aria-label={label} disabled={disabled} onClick={() => setShown(!shown)}>
          {shown ? <EyeOff size={14} strokeWidth={1.6} aria-hidden="true" /> : <Eye size={14} strokeWidth={1.6} aria-hidden="true" />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
