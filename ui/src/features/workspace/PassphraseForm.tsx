import { Button } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { useConfirm } from "@/kit/ConfirmAction";
import { FormRow, type FieldNote } from "@/kit/FormPanel";
import { SecretField } from "@/kit/SecretField";
import { useWords, type Words } from "@/words";
import { useJudgement, usePassphrase, type PassphraseTask, type PassphraseTyped } from "./usePassphrase";
import classes from "./PassphraseSection.module.css";

interface PassphraseFormProps {
  task: PassphraseTask;
  /** The workspace's name. */
  name: string;
  onDone: () => void;
  onCancel: () => void;
}

type FieldName = keyof PassphraseTyped;

const FIELDS: Record<PassphraseTask, readonly FieldName[]> = {
  set: ["next", "again"],
  change: ["current", "next", "again"],
  remove: ["current"],
};

/** The fields for setting, changing or removing a passphrase. Nothing happens before it is confirmed. */
export function PassphraseForm({ task, name, onDone, onCancel }: PassphraseFormProps) {
  const words = useWords();
  const { t } = words;
  const confirm = useConfirm();
  const work = usePassphrase();
  const [typed, setTyped] = useState<PassphraseTyped>({ current: "", next: "", again: "" });
  const [tried, setTried] = useState(false);
  const notes = useNotes(task, typed, tried, work.error?.code === "wrong_passphrase", words);
  const inputs = useRef<Partial<Record<FieldName, HTMLInputElement | null>>>({});
  const fields = FIELDS[task];
  useEffect(() => inputs.current[FIELDS[task][0] ?? "current"]?.focus(), [task]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (work.running) return;
    setTried(true);
    const wrong = fields.find((field) => typed[field] === "" || (field === "again" && typed.again !== typed.next) || notes[field].some((note) => !note.warning));
    if (wrong) return inputs.current[wrong]?.focus();
    const sure = await confirm({
      title: t(`passphrase.sure.${task}`, { name }),
      body: t(`passphrase.sureText.${task}`),
      confirm: t(`passphrase.go.${task}`),
      danger: task === "remove",
    });
    if (!sure) return;
    if (await work.run(task, typed)) onDone();
    else inputs.current[fields[0] ?? "current"]?.select();
  };
  const change = (field: FieldName, value: string) => {
    setTyped({ ...typed, [field]: value });
    // What was said was about another text.
    if (work.error) work.reset();
  };
  return (
    <form className={classes.form} aria-label={t(`passphrase.go.${task}`)} onSubmit={(event) => void submit(event)}>
      {fields.map((field) => (
        <FormRow key={field} name={`passphrase-${field}`} label={t(`passphrase.field.${field}`)} hint={field === "next" ? t("passphrase.advice") : undefined} notes={notes[field]}>
          {(ids) => (
            <SecretField
              ids={ids}
              value={typed[field]}
              isNew={field !== "current"}
              disabled={work.running}
              onEscape={onCancel}
              inputRef={(input) => {
                inputs.current[field] = input;
              }}
              onChange={(value) => change(field, value)}
            />
          )}
        </FormRow>
      ))}
      <Foot task={task} work={work} onCancel={onCancel} />
    </form>
  );
}

/** What stands beside each field. */
function useNotes(task: PassphraseTask, typed: PassphraseTyped, tried: boolean, wrong: boolean, { t, tOr }: Words): Record<FieldName, FieldNote[]> {
  const problem = useJudgement(typed.next);
  const error = (text: string): FieldNote[] => [{ text, warning: false }];
  const missing = (field: FieldName) => (tried && typed[field] === "" ? error(t("passphrase.missing")) : []);
  const said = problem ? [{ text: tOr(problem.code, problem.message, Object.fromEntries(problem.detail)), warning: problem.warning }] : [];
  const differs = typed.again !== "" && !typed.next.startsWith(typed.again);
  const unlike = task !== "remove" && typed.again !== typed.next && (differs || (tried && typed.again !== ""));
  return {
    current: wrong ? error(t("passphrase.wrong")) : missing("current"),
    next: [...missing("next"), ...said],
    again: unlike ? error(t("passphrase.unlike")) : missing("again"),
  };
}

function Foot({ task, work, onCancel }: { task: PassphraseTask; work: ReturnType<typeof usePassphrase>; onCancel: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const refused = work.error && work.error.code !== "wrong_passphrase" && work.error.code !== "cancelled" ? errorWords(work.error) : null;
  const doing = work.cancelling ? t("passphrase.cancelling") : t(work.progress ? `passphrase.rewriting.${work.progress.kind}` : "passphrase.preparing");
  const idle = refused ? `${refused.title} ${refused.text}` : work.error?.code === "wrong_passphrase" ? t("passphrase.wrong") : "";
  return (
    <div className={classes.foot}>
      <span className={classes.said} role="status" data-error={refused ? true : undefined} data-heard={(!work.running && !refused) || undefined}>
        {work.running ? doing : idle}
      </span>
      <Button variant="default" disabled={work.cancelling} onClick={work.running ? work.cancel : onCancel}>
        {t("kit.cancel")}
      </Button>
      <Button type="submit" loading={work.running}>
        {t(`passphrase.go.${task}`)}
      </Button>
    </div>
  );
}
