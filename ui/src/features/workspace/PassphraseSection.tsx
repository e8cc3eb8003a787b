import { Button } from "@mantine/core";
import { LockKeyhole, LockKeyholeOpen } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { WorkspaceInfo } from "@/bridge/types";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { PassphraseForm } from "./PassphraseForm";
import type { PassphraseTask } from "./usePassphrase";
import settings from "./SettingsScreen.module.css";
import classes from "./PassphraseSection.module.css";

/** Whether the workspace has a passphrase, what that means, and the ways to set, change and remove it. */
export function PassphraseSection({ info }: { info: WorkspaceInfo }) {
  const { t } = useWords();
  const [task, setTask] = useState<PassphraseTask | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  useEffect(() => {
    // Whoever leaves the form with the keyboard is where the form came from.
    if (task === null && back.current) first.current?.focus();
    back.current = task !== null;
  }, [task]);
  const tasks: readonly PassphraseTask[] = info.encrypted ? ["change", "remove"] : ["set"];
  const Icon = info.encrypted ? LockKeyhole : LockKeyholeOpen;
  const done = (finished: PassphraseTask) => {
    setTask(null);
    toasts.done(t(`passphrase.done.${finished}`));
  };
  return (
    <section className={settings.section} aria-labelledby="settings-passphrase">
      <h2 id="settings-passphrase" className={settings.title}>
        {t("passphrase.passphrase")}
      </h2>
      <p className={classes.state}>
        <Icon size={14} strokeWidth={1.6} aria-hidden="true" className={classes.icon} />
        <span>{t(info.encrypted ? "passphrase.has" : "passphrase.hasNone")}</span>
      </p>
      <p className={settings.lead}>{t(info.encrypted ? "passphrase.hasText" : "passphrase.hasNoneText")}</p>
      {info.sample && !info.encrypted ? <p className={settings.lead}>{t("passphrase.sample")}</p> : null}
      {info.read_only ? <p className={settings.lead}>{t("error.forbidden.title")}</p> : null}
      {task ? (
        <PassphraseForm key={task} task={task} name={info.name} onDone={() => done(task)} onCancel={() => setTask(null)} />
      ) : (
        <div className={classes.actions}>
          {tasks.map((one, index) => (
            // The first one stays the same button when its verb changes, and keeps the focus.
            <Button key={index === 0 ? "first" : one} ref={index === 0 ? first : undefined} variant="default" disabled={info.read_only || (info.sample && !info.encrypted)} onClick={() => setTask(one)}>
              {t(`passphrase.begin.${one}`)}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
