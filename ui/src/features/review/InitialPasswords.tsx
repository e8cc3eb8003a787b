import { ActionIcon, Checkbox } from "@mantine/core";
import { FilePlus } from "lucide-react";
import { pickTarget } from "@/bridge/native";
import { SecretField } from "@/kit/SecretField";
import { useWords } from "@/words";
import { FormRow } from "@/kit/FormPanel";
import { TextField } from "@/kit/TextField";
import classes from "./Review.module.css";

/** What is asked for beside the export: initial passwords, and the encrypted file that lists them. */
export interface Wanted {
  on: boolean;
  path: string;
  passphrase: string;
}

interface InitialPasswordsProps {
  /** How many people wait for one. */
  count: number;
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
  disabled: boolean;
}

/** Whether initial passwords are made, where they are listed, and what opens that list. */
export function InitialPasswords({ count, wanted, onChange, disabled }: InitialPasswordsProps) {
  const { t, number } = useWords();
  const kinds = [{ name: t("review.initialKind"), extensions: ["age"] }];
  const pick = async () => {
    const chosen = await pickTarget(t("review.initialPick"), "passwords.csv.age", kinds);
    if (chosen !== null) onChange({ ...wanted, path: chosen });
  };
  return (
    <div className={classes.initial}>
      <Checkbox
        className={classes.asked}
        label={t("review.initial", { count, figure: number(count) })}
        checked={wanted.on}
        disabled={disabled}
        onChange={(event) => onChange({ ...wanted, on: event.currentTarget.checked })}
      />
      {wanted.on ? (
        <>
          <FormRow name="initial_path" label={t("review.initialFile")} required>
            {(ids) => (
              <div className={classes.beside}>
                <TextField ids={ids} mono required value={wanted.path} readOnly={disabled} onChange={(path) => onChange({ ...wanted, path })} />
                <ActionIcon variant="default" aria-label={t("review.initialPick")} disabled={disabled} onClick={() => void pick()}>
                  <FilePlus size={14} strokeWidth={1.6} aria-hidden="true" />
                </ActionIcon>
              </div>
            )}
          </FormRow>
          <FormRow name="initial_passphrase" label={t("review.initialPassphrase")} required hint={t("review.initialHint")}>
            {(ids) => <SecretField ids={ids} isNew disabled={disabled} value={wanted.passphrase} onChange={(passphrase) => onChange({ ...wanted, passphrase })} />}
          </FormRow>
        </>
      ) : null}
    </div>
  );
}
