import { Button, Checkbox } from "@mantine/core";
import classes from "./KeepSecret.module.css";

interface KeepSecretProps {
  keepLabel: string;
  forgetLabel: string;
  keep: boolean;
  onKeep: (keep: boolean) => void;
  /** Whether something was typed that could be kept. */
  typed: boolean;
  disabled: boolean;
  /** Takes what is kept out of the keyring; null while nobody knows of what. */
  onForget: (() => void) | null;
  forgetting: boolean;
  /** What came of it. */
  forgotten: string | null;
}

/** Keeps a secret in the system's keyring, or takes it out again. */
export function KeepSecret(props: KeepSecretProps) {
  return (
    <>
      <Checkbox label={props.keepLabel} disabled={props.disabled || !props.typed} checked={props.keep && props.typed} onChange={(event) => props.onKeep(event.currentTarget.checked)} />
      <div className={classes.forget}>
        <Button variant="default" loading={props.forgetting} disabled={props.disabled || props.onForget === null} onClick={() => props.onForget?.()}>
          {props.forgetLabel}
        </Button>
        <span aria-live="polite">{props.forgotten}</span>
      </div>
    </>
  );
}
