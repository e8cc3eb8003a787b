import { Button, Checkbox } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useErrorWords } from "@/bridge/errorWords";
import type { InterfaceForm } from "@/bridge/interface";
import type { ListEstimate, ReadEstimate } from "@/bridge/types";
import { FormRow } from "@/kit/FormPanel";
import { SecretField } from "@/kit/SecretField";
import { TextField } from "@/kit/TextField";
import { useWords } from "@/words";
import classes from "./ImportScreen.module.css";

interface InterfaceRowProps {
  form: InterfaceForm;
  desk: string;
  /** What an address looks like. */
  example: string;
  disabled: boolean;
}

/** Asks where a desk's interface is and what opens it, and tells what reading it takes. */
export function InterfaceRow({ form, desk, example, disabled }: InterfaceRowProps) {
  const { t, tOr } = useWords();
  const errorWords = useErrorWords();
  const failed = form.error ? errorWords(form.error) : null;
  return (
    <div className={classes.database} role="group" aria-label={t("interface.title")}>
      <FormRow name="interface_address" label={t("interface.address")} required hint={t("interface.addressHint", { example })}>
        {(ids) => <TextField ids={ids} mono required readOnly={disabled} value={form.typed} onChange={form.change} />}
      </FormRow>
      <FormRow name="interface_token" label={t("interface.token")} hint={[tOr(`interface.tokenHint.${desk}`, ""), t("interface.tokenEmpty")].join(" ").trim()}>
        {(ids) => <SecretField ids={ids} disabled={disabled} value={form.token} onChange={form.setToken} />}
      </FormRow>
      <div className={classes.checks}>
        <Checkbox label={t("interface.keep")} disabled={disabled || form.token === ""} checked={form.keep && form.token !== ""} onChange={(event) => form.setKeep(event.currentTarget.checked)} />
      </div>
      <div className={classes.checks}>
        {form.estimating ? (
          <Button variant="default" onClick={form.stop}>
            {t("kit.cancel")}
          </Button>
        ) : (
          <Button variant="default" disabled={disabled || form.address === ""} onClick={form.estimate}>
            {t("interface.estimate")}
          </Button>
        )}
      </div>
      <div aria-live="polite" className={classes.estimate}>
        {failed ? (
          <p data-wrong>
            <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" />{" "}
            <span>
              <strong>{failed.title}</strong> {failed.text}
            </span>
          </p>
        ) : null}
        {form.told ? <Told told={form.told} /> : null}
      </div>
      <p className={classes.hint}>{t("interface.hint")}</p>
    </div>
  );
}

function Told({ told }: { told: ReadEstimate }) {
  const { t, number } = useWords();
  return (
    <>
      <p>{t(told.open ? "interface.atLeast" : "interface.takes", { count: told.requests, number: number(told.requests) })}</p>
      <ul>
        {told.lists.map((list) => (
          <OfList key={list.list} list={list} />
        ))}
      </ul>
      {told.day ? <p>{told.day}</p> : null}
    </>
  );
}

function OfList({ list }: { list: ListEstimate }) {
  const { t, number } = useWords();
  const requests = list.requests === null ? t("interface.unknown") : t("interface.requests", { count: list.requests, number: number(list.requests) });
  const records = list.records === null ? "" : ` ${t(list.before ? "interface.before" : "interface.records", { number: number(list.records) })}`;
  return (
    <li>
      {list.list}
      {records}, {requests}
    </li>
  );
}
