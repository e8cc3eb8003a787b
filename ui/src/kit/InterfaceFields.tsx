import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useWords } from "@/words";
import { FormRow } from "./FormPanel";
import classes from "./InterfaceFields.module.css";
import { KeepSecret } from "./KeepSecret";
import { SecretField } from "./SecretField";
import { TextField } from "./TextField";

interface InterfaceFieldsProps {
  address: string;
  onAddress: (address: string) => void;
  /** What an address looks like. */
  example: string;
  token: string;
  onToken: (token: string) => void;
  /** Where the token comes from. */
  tokenHint: string;
  keep: boolean;
  onKeep: (keep: boolean) => void;
  /** Takes the kept token out of the keyring; null while something is missing. */
  onForget: (() => void) | null;
  forgetting: boolean;
  forgotten: string | null;
  disabled: boolean;
  /** Asks what reading takes; null while something is missing. */
  onEstimate: (() => void) | null;
  estimating: boolean;
  onStop: () => void;
  /** What reading takes: in all, list by list, and what the desk allows. */
  told: { head: string; lists: readonly { name: string; text: string }[]; day: string | null } | null;
  /** What stands against it, and what to do. */
  problem: { title: string; text: string } | null;
}

/** Asks where a desk's interface is and what opens it, and tells what reading it takes. */
export function InterfaceFields(props: InterfaceFieldsProps) {
  const { disabled, problem, told } = props;
  const { t } = useWords();
  return (
    <>
      <FormRow name="interface_address" label={t("interface.address")} required hint={t("interface.addressHint", { example: props.example })}>
        {(ids) => <TextField ids={ids} mono required readOnly={disabled} value={props.address} onChange={props.onAddress} />}
      </FormRow>
      <FormRow name="interface_token" label={t("interface.token")} hint={props.tokenHint}>
        {(ids) => <SecretField ids={ids} disabled={disabled} value={props.token} onChange={props.onToken} />}
      </FormRow>
      <div className={classes.checks}>
        <KeepSecret keepLabel={t("interface.keep")} forgetLabel={t("interface.forget")} keep={props.keep} onKeep={props.onKeep} typed={props.token !== ""} disabled={disabled} onForget={props.onForget} forgetting={props.forgetting} forgotten={props.forgotten} />
      </div>
      <div className={classes.checks}>
        {props.estimating ? (
          <Button variant="default" onClick={props.onStop}>
            {t("kit.cancel")}
          </Button>
        ) : (
          <Button variant="default" disabled={disabled || props.onEstimate === null} onClick={() => props.onEstimate?.()}>
            {t("interface.estimate")}
          </Button>
        )}
      </div>
      <div aria-live="polite" className={classes.estimate}>
        {problem ? (
          <p data-wrong>
            <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" />{" "}
            <span>
              <strong>{problem.title}</strong> {problem.text}
            </span>
          </p>
        ) : null}
        {told ? (
          <>
            <p>{told.head}</p>
            <ul>
              {told.lists.map((list) => (
                <li key={list.name}>{list.text}</li>
              ))}
            </ul>
            {told.day ? <p>{told.day}</p> : null}
          </>
        ) : null}
      </div>
    </>
  );
}
