import { ActionIcon, Button, Checkbox, SegmentedControl } from "@mantine/core";
import { CircleCheck, FolderOpen, TriangleAlert } from "lucide-react";
import { useWords } from "@/words";
import classes from "./DatabaseFields.module.css";
import { type FieldNote, FormRow } from "./FormPanel";
import { KeepSecret } from "./KeepSecret";
import { SecretField } from "./SecretField";
import { TextField } from "./TextField";

/** Where a database is; everything but the password. */
export interface DatabaseValue {
  kind: string;
  host: string;
  port: string;
  database: string;
  user: string;
  tls: boolean | null;
  authority: string;
  /** Of a server on this machine; empty for the network. */
  socket: string;
}

interface DatabaseFieldsProps {
  kinds: readonly { id: string; name: string }[];
  value: DatabaseValue;
  onChange: (value: DatabaseValue) => void;
  password: string;
  onPassword: (password: string) => void;
  keep: boolean;
  onKeep: (keep: boolean) => void;
  /** Takes the kept password out of the keyring; null while something is missing. */
  onForget: (() => void) | null;
  forgetting: boolean;
  forgotten: string | null;
  /** Whether it is spoken to by TLS, asked for or not. */
  tls: boolean;
  /** The port where none is given. */
  usualPort: string;
  disabled: boolean;
  /** Asks for the file of a certificate authority; null when the person thinks better of it. */
  pickAuthority: () => Promise<string | null>;
  /** Tries it out; null while something is missing. */
  onTest: (() => void) | null;
  testing: boolean;
  /** What a test found, in lines. */
  answer: readonly string[];
  /** What stands against it: in which field, and what to do. */
  problem: { field: string | null; title: string; text: string } | null;
}

/** Asks where a desk's database is and what opens it, and tries that out. */
export function DatabaseFields(props: DatabaseFieldsProps) {
  const { kinds, value, onChange, tls, disabled, problem } = props;
  const { t } = useWords();
  const set = (part: Partial<DatabaseValue>) => onChange({ ...value, ...part });
  const notes = (field: string): FieldNote[] => (problem?.field === field ? [{ text: problem.title, warning: false }] : []);
  const pick = async () => {
    const chosen = await props.pickAuthority();
    if (chosen !== null) set({ authority: chosen });
  };
  const bySocket = value.socket !== "";
  const hints = { host: bySocket ? t("database.hostBySocket") : undefined, port: t("database.portHint", { port: props.usualPort }), socket: t(`database.socketHint.${value.kind}`), database: undefined, user: undefined };
  const socketNotes: FieldNote[] = bySocket && !value.socket.startsWith("/") ? [{ text: t("database.socketWrong"), warning: false }] : [];
  const texts = (["host", "port", "socket", "database", "user"] as const).map((field) => {
    const required = field === "database" || field === "user" || (field === "host" && !bySocket);
    return (
      <FormRow key={field} name={`database_${field}`} label={t(`database.field.${field}`)} required={required} notes={[...notes(field), ...(field === "socket" ? socketNotes : [])]} hint={hints[field]}>
        {(ids) => <TextField ids={ids} mono narrow={field === "port"} required={required} readOnly={disabled} value={value[field]} onChange={(text) => set({ [field]: text })} />}
      </FormRow>
    );
  });
  return (
    <div className={classes.fields}>
      <FormRow name="database_kind" label={t("database.field.kind")} group>
        {(ids) => (
          <SegmentedControl aria-labelledby={ids.labelId} disabled={disabled} value={value.kind} onChange={(kind) => set({ kind })} data={kinds.map((kind) => ({ value: kind.id, label: kind.name }))} />
        )}
      </FormRow>
      {texts}
      <FormRow name="database_password" label={t("database.field.password")} hint={t("database.passwordHint")} notes={notes("password")}>
        {(ids) => <SecretField ids={ids} disabled={disabled} value={props.password} onChange={props.onPassword} />}
      </FormRow>
      <div className={classes.checks}>
        <KeepSecret keepLabel={t("database.keep")} forgetLabel={t("database.forget")} keep={props.keep} onKeep={props.onKeep} typed={props.password !== ""} disabled={disabled} onForget={props.onForget} forgetting={props.forgetting} forgotten={props.forgotten} />
        {bySocket ? null : <Checkbox label={t("database.tls")} description={tls ? undefined : t("database.tlsOff")} disabled={disabled} checked={tls} onChange={(event) => set({ tls: event.currentTarget.checked })} />}
      </div>
      {tls && !bySocket ? (
        <FormRow name="database_authority" label={t("database.field.authority")} hint={t("database.authorityHint")} notes={[...notes("authority"), ...notes("tls")]}>
          {(ids) => (
            <div className={classes.beside}>
              <TextField ids={ids} mono readOnly={disabled} value={value.authority} onChange={(authority) => set({ authority })} />
              <ActionIcon variant="default" aria-label={t("database.pickAuthority")} disabled={disabled} onClick={() => void pick()}>
                <FolderOpen size={14} strokeWidth={1.6} aria-hidden="true" />
              </ActionIcon>
            </div>
          )}
        </FormRow>
      ) : null}
      <div className={classes.test}>
        <Button variant="default" loading={props.testing} disabled={disabled || props.onTest === null} onClick={() => props.onTest?.()}>
          {t("database.test")}
        </Button>
        <div aria-live="polite" className={classes.answer}>
          {problem ? (
            <p data-wrong>
              <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" /> <span>{problem.text || problem.title}</span>
            </p>
          ) : null}
          {props.answer.map((line, index) => (
            <p key={line}>
              {index === 0 ? <CircleCheck size={14} strokeWidth={1.8} aria-hidden="true" /> : null} <span>{line}</span>
            </p>
          ))}
        </div>
      </div>
    </div>
  );
}
