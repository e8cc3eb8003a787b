import { Checkbox, SegmentedControl } from "@mantine/core";
import { Check, CircleCheck, CircleDashed, CircleHelp, TriangleAlert, type LucideIcon } from "lucide-react";
import { isLinkOperation } from "@/bridge/exports";
import type { FieldChange, LedgerOperation, Outcome, VerifiedField, VerifiedOperation } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import { useWords, type Words } from "@/words";
import type { Choices, Keep } from "./useChoices";
import classes from "./Exports.module.css";

const icons: Record<Outcome, LucideIcon> = { applied: CircleCheck, not_applied: CircleDashed, drifted: TriangleAlert, unknown: CircleHelp };

/** What a field is called in forms, in reviews or in records. */
const fieldName = ({ tOr }: Words, field: string): string => tOr(`userform.field.${field}`, tOr(`review.field.${field}`, tOr(`records.field.${field}`, field)));

/** A value for people; what becomes of a password is said in words. */
function shown({ t, tOr }: Words, field: string, value: string | null): string {
  if (value === null || value === "") return t("review.empty");
  return field === "password" ? tOr(`userform.way.${value}`, value) : value;
}

interface OperationLineProps {
  operation: LedgerOperation;
  /** What a verification says of it; null before one. */
  verified: VerifiedOperation | null;
  /** What shall become of it; null where nobody may say. */
  choices: Choices | null;
  /** Ticks the step; null where nobody may. */
  onTick: ((done: boolean) => void) | null;
}

/** An operation: whom it concerns, what it does, its tick, and what became of it. */
export function OperationLine({ operation, verified, choices, onTick }: OperationLineProps) {
  const words = useWords();
  const { t, tOr, dateTime } = words;
  const subject = operation.subject || operation.key;
  const kind = tOr(`review.kind.${operation.kind}`, operation.kind);
  const entity = tOr(`review.entity.${operation.entity}`, tOr(`records.entity.${operation.entity}`, operation.entity));
  const settled = choices?.settledAs(operation.position) ?? null;
  return (
    <li className={classes.operation} data-outcome={verified?.outcome}>
      {operation.by_hand ? (
        <Checkbox
          className={classes.tick}
          aria-label={t("exports.tick", { what: `${kind} ${entity}`, subject })}
          checked={operation.done_by !== null}
          disabled={onTick === null}
          onChange={(event) => onTick?.(event.currentTarget.checked)}
        />
      ) : null}
      <div className={classes.what}>
        <p className={classes.subject}>
          {operation.user ? <a href={userHref(operation.user)}>{subject}</a> : <strong>{subject}</strong>}{" "}
          <span className={classes.muted}>
            {kind} · {entity}
          </span>
        </p>
        {isLinkOperation(operation) ? <LinkText operation={operation} /> : <Fields operation={operation} verified={verified} />}
        {operation.done_by !== null && operation.done_at !== null ? (
          <p className={classes.muted}>{t("exports.doneBy", { who: operation.done_by, at: dateTime(operation.done_at) })}</p>
        ) : null}
        {choices && verified && choices.isOpen(verified) ? (
          <SegmentedControl
            className={classes.choice}
            aria-label={t("exports.choiceFor", { what: `${kind} ${entity}`, subject })}
            disabled={choices.sending}
            value={choices.of(operation.position) ?? ""}
            onChange={(value) => choices.choose([operation.position], value as Keep)}
            data={(["theirs", "again"] as const).map((value) => ({ value, label: t(`exports.choice.${value}`) }))}
          />
        ) : null}
        {settled ? (
          <p className={classes.settled}>
            <Check size={14} strokeWidth={1.8} aria-hidden="true" /> {t(`exports.settled.${settled}`)}
          </p>
        ) : null}
      </div>
      {verified ? <OutcomeMark verified={verified} /> : null}
    </li>
  );
}

/** What a link leads to; whose it is stands above. */
function LinkText({ operation }: { operation: LedgerOperation }) {
  const value = (change: FieldChange) => change.new ?? change.old ?? "";
  const owner = operation.changes[0]?.field;
  const text = operation.changes.filter((change) => change.field !== owner).map(value).filter((part) => part !== "").join(" ");
  return <p>{operation.kind === "link" ? <ins>{text}</ins> : <del>{text}</del>}</p>;
}

function Fields({ operation, verified }: { operation: LedgerOperation; verified: VerifiedOperation | null }) {
  const words = useWords();
  const { t } = words;
  const found = new Map<string, VerifiedField>(verified?.fields.map((field) => [field.field, field]));
  return (
    <>
      {operation.changes.map((change) => {
        const field = found.get(change.field);
        const differs = field?.outcome === "drifted" || field?.outcome === "not_applied";
        return (
          <p key={change.field}>
            <span className={classes.label}>{fieldName(words, change.field)}</span> {operation.kind === "create" || change.field === "password" ? null : <del>{shown(words, change.field, change.old)}</del>}{" "}
            <ins>{shown(words, change.field, change.new)}</ins>
            {differs && field && verified?.reason !== "gone" ? <span className={classes.found}>{t("exports.found", { value: shown(words, change.field, field.found) })}</span> : null}
            {field?.outcome === "unknown" && verified?.outcome !== "unknown" ? <span className={classes.found}>{t(`exports.reason.${field.reason ?? "field"}`)}</span> : null}
          </p>
        );
      })}
    </>
  );
}

function OutcomeMark({ verified }: { verified: VerifiedOperation }) {
  const { t } = useWords();
  const Icon = icons[verified.outcome];
  return (
    <span className={classes.outcome} data-outcome={verified.outcome}>
      <Icon size={14} strokeWidth={1.8} aria-hidden="true" />
      <span>
        {t(`exports.outcome.${verified.outcome}`)}
        {verified.reason ? <span className={classes.reason}>{t(`exports.reason.${verified.reason}`)}</span> : null}
      </span>
    </span>
  );
}
