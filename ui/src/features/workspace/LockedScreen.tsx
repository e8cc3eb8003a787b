import { Button } from "@mantine/core";
import { LockKeyhole } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { useAskPassphrase } from "@/bridge/locked";
import { useOpenWorkspace } from "@/bridge/writes";
import { FormRow } from "@/kit/FormPanel";
import { SecretField } from "@/kit/SecretField";
import { useWords } from "@/words";
import { remember } from "./recent";
import classes from "./LockedScreen.module.css";

/** What one sees of a workspace with a passphrase before it is given. */
export function LockedScreen({ path }: { path: string }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const ask = useAskPassphrase();
  const open = useOpenWorkspace();
  const input = useRef<HTMLInputElement>(null);
  const [passphrase, setPassphrase] = useState("");
  const refused = open.error ? asApiError(open.error) : null;
  const wrong = refused?.code === "wrong_passphrase" || refused?.code === "locked";
  const other = refused && !wrong ? errorWords(refused) : null;
  useEffect(() => input.current?.focus(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (open.isPending) return;
    open.mutate(
      { path, passphrase },
      { onSuccess: (info) => (info ? void remember(info) : undefined), onError: () => input.current?.select() },
    );
  };
  const change = (value: string) => {
    setPassphrase(value);
    // What was said was about another text.
    if (refused) open.reset();
  };
  return (
    <main className={classes.screen}>
      <form className={classes.box} aria-labelledby="locked-title" onSubmit={submit}>
        <div className={classes.head}>
          <LockKeyhole size={18} strokeWidth={1.6} aria-hidden="true" className={classes.icon} />
          <div className={classes.words}>
            <h1 id="locked-title" className={classes.title}>
              {t("passphrase.locked")}
            </h1>
            <p className={classes.file}>{fileName(path)}</p>
            <p className={classes.path}>{path}</p>
          </div>
        </div>
        {other ? (
          <p role="alert" className={classes.error}>
            <strong>{other.title}</strong> {other.text}
          </p>
        ) : null}
        <div className={classes.row}>
          <FormRow
            name="passphrase"
            label={t("passphrase.passphrase")}
            hint={t("passphrase.lockedHint")}
            notes={wrong ? [{ text: t(passphrase.trim() === "" ? "passphrase.missing" : "passphrase.wrong"), warning: false }] : []}
          >
            {(ids) => <SecretField ids={ids} value={passphrase} onChange={change} inputRef={input} />}
          </FormRow>
        </div>
        {/* Read out when it appears; beside the field it is only found by looking. */}
        <p className={classes.heard} role="status">
          {wrong ? t(passphrase.trim() === "" ? "passphrase.missing" : "passphrase.wrong") : ""}
        </p>
        <div className={classes.foot}>
          <Button variant="default" onClick={() => ask(null)}>
            {t("passphrase.another")}
          </Button>
          <Button type="submit" loading={open.isPending}>
            {t("passphrase.open")}
          </Button>
        </div>
      </form>
    </main>
  );
}

function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
