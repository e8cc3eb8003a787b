import { Ban, Link2, Pencil, Plus, Unlink2, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { FieldChange, PlanOperation } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import { EmptyState } from "@/kit/EmptyState";
import { useWords } from "@/words";
import { byConcern, isLink, linkTarget, type Concern } from "./grouping";
import classes from "./Review.module.css";

const icons: Record<string, LucideIcon> = { create: Plus, update: Pencil, deactivate: Ban, link: Link2, unlink: Unlink2 };

/** Everything that differs from the desk, in plain words, grouped by whom it concerns. */
export function PendingChanges({ operations }: { operations: readonly PlanOperation[] }) {
  const { t } = useWords();
  if (operations.length === 0) return <EmptyState title={t("review.nothing")}>{t("review.nothingText")}</EmptyState>;
  return (
    <ul className={classes.concerns}>
      {byConcern(operations).map((concern) => (
        <ConcernItem key={concern.key} concern={concern} />
      ))}
    </ul>
  );
}

function ConcernItem({ concern }: { concern: Concern }) {
  const { t, tOr } = useWords();
  const first = concern.operations[0];
  return (
    <li className={classes.concern}>
      <h2 className={classes.subject}>
        {concern.user ? <a href={userHref(concern.user)}>{concern.subject}</a> : concern.subject}
        {first ? <span className={classes.muted}>{concern.user ? first.key.split(" ")[0] : tOr(`review.entity.${first.entity}`, tOr(`records.entity.${first.entity}`, first.entity))}</span> : null}
      </h2>
      <ul className={classes.lines}>
        {concern.operations.flatMap((operation) =>
          isLink(operation) ? (
            <Line key={`${operation.kind} ${operation.entity} ${operation.key}`} kind={operation.kind} label={tOr(`review.entity.${operation.entity}`, tOr(`records.entity.${operation.entity}`, operation.entity))}>
              {operation.kind === "link" ? <ins>{linkTarget(operation)}</ins> : <del>{linkTarget(operation)}</del>} {t(`review.${operation.kind}ed`)}
            </Line>
          ) : (
            [
              ...(operation.kind === "create"
                ? [
                    <Line key={`create ${operation.key}`} kind="create" label={t("review.new", { what: tOr(`review.entity.${operation.entity}`, tOr(`records.entity.${operation.entity}`, operation.entity)) })}>
                      <ins>{operation.key}</ins>
                    </Line>,
                  ]
                : []),
              ...saidChanges(operation)
                .map((change) => <ChangeLine key={`${operation.kind} ${operation.key} ${change.field}`} kind={operation.kind} change={change} />),
            ]
          ),
        )}
      </ul>
    </li>
  );
}

/** What is worth a line: neither what stays empty, nor the key of what is created, which stands in the line above. */
function saidChanges({ kind, key, changes }: PlanOperation): FieldChange[] {
  const name = kind === "create" ? changes.find((change) => change.new === key) : undefined;
  return changes.filter((change) => change !== name && (change.old !== null || (change.new !== null && change.new !== "")));
}

function ChangeLine({ kind, change }: { kind: string; change: FieldChange }) {
  const { t, tOr } = useWords();
  const shown = (value: string | null) => (value === null || value === "" ? t("review.empty") : change.field === "password" ? tOr(`userform.way.${value}`, value) : value);
  return (
    <Line kind={kind === "create" ? "update" : kind} label={tOr(`userform.field.${change.field}`, tOr(`review.field.${change.field}`, tOr(`records.field.${change.field}`, change.field)))}>
      {kind === "create" || change.field === "password" ? null : <del>{shown(change.old)}</del>} <ins>{shown(change.new)}</ins>
    </Line>
  );
}

function Line({ kind, label, children }: { kind: string; label: string; children: ReactNode }) {
  const { tOr } = useWords();
  const Icon = icons[kind] ?? Pencil;
  return (
    <li className={classes.line}>
      <Icon size={14} strokeWidth={1.6} role="img" aria-label={tOr(`review.kind.${kind}`, kind)} className={classes.kind} />
      <span className={classes.what}>
        <span className={classes.label}>{label}</span> {children}
      </span>
    </li>
  );
}
