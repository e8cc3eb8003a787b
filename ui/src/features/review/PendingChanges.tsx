import { Button } from "@mantine/core";
import { Ban, Link2, Pencil, Plus, Unlink2, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { FieldChange, PlanOperation, PlanView } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import { EmptyState } from "@/kit/EmptyState";
import { useWords } from "@/words";
import { byConcern, isLink, linkTarget, type Concern } from "./grouping";
import classes from "./Review.module.css";

const icons: Record<string, LucideIcon> = { create: Plus, update: Pencil, deactivate: Ban, link: Link2, unlink: Unlink2 };

/** So many lines of one person or record are drawn: an account may have any number of links. */
const LINES = 200;

interface PendingChangesProps {
  plan: PlanView;
  /** Whether more has been asked for and is not there yet. */
  waiting: boolean;
  onMore: () => void;
}

/** What differs from the desk, in plain words, grouped by whom it concerns; of much, the first. */
export function PendingChanges({ plan, waiting, onMore }: PendingChangesProps) {
  const { t, number } = useWords();
  if (plan.total === 0) return <EmptyState title={t("review.nothing")}>{t("review.nothingText")}</EmptyState>;
  const concerns = byConcern(plan.operations);
  return (
    <>
      <ul className={classes.concerns}>
        {concerns.map((concern) => (
          <ConcernItem key={concern.key} concern={concern} />
        ))}
      </ul>
      {plan.total > plan.operations.length ? (
        <p className={classes.rest}>
          <span>{t("review.firstOf", { shown: number(plan.operations.length), all: number(plan.total), concerns: number(plan.concerns) })}</span>
          <Button variant="default" loading={waiting} onClick={onMore}>
            {t("review.showMore")}
          </Button>
        </p>
      ) : null}
    </>
  );
}

function ConcernItem({ concern }: { concern: Concern }) {
  const { t, tOr, number } = useWords();
  const first = concern.operations[0];
  const left = concern.operations.length - LINES;
  return (
    <li className={classes.concern}>
      <h2 className={classes.subject}>
        {concern.user ? <a href={userHref(concern.user)}>{concern.subject}</a> : concern.subject}
        {first ? <span className={classes.muted}>{concern.user ? first.key.split(" ")[0] : tOr(`review.entity.${first.entity}`, tOr(`records.entity.${first.entity}`, first.entity))}</span> : null}
      </h2>
      <ul className={classes.lines}>
        {concern.operations.slice(0, LINES).flatMap((operation) =>
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
        {left > 0 ? <li className={classes.line}>{t("review.moreLines", { number: number(left) })}</li> : null}
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
