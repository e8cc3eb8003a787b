import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { useFindings, useMuteFinding, useUnmuteFinding } from "@/bridge/findings";
import { ruleText } from "@/bridge/ruleText";
import type { FindingKind, FindingRow } from "@/bridge/types";
import { portalHref } from "@/features/portal/paths";
import { recordHref } from "@/features/records/paths";
import { handPeople } from "@/features/users/paths";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { Segments } from "@/kit/Segments";
import { StandingBadge } from "@/kit/StandingBadge";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { MuteButton } from "./MuteButton";
import classes from "./Findings.module.css";

/** Where the thing is that a finding is about; null for a rule, which nobody changes. */
function hrefOf({ subject }: FindingRow, about: string): string | null {
  if (about === "setting") return portalHref;
  return about === "rule" ? null : recordHref(about, subject);
}

/** The findings of a kind: what is wrong, where to put it right, and muting. */
export function FindingList({ kind }: { kind: FindingKind }) {
  const { t, tOr, number } = useWords();
  const errorWords = useErrorWords();
  const [side, setSide] = useState<"shown" | "muted">("shown");
  const query = useFindings(kind.id, side === "muted");
  const unmute = useUnmuteFinding();
  const mute = useMuteFinding();
  const failed = (thrown: unknown) => toasts.failed(errorWords(thrown).title);
  const rows = kind.kind_muted === null || side === "muted" ? (query.data?.pages.flatMap((page) => page.rows) ?? []) : [];
  const name = tOr(`findings.kind.${kind.id}`, kind.text);
  return (
    <section className={classes.zone} aria-label={name} aria-busy={query.isFetching}>
      <PageHead title={name} count={number(kind.shown)}>
        {kind.about === "external_user" && kind.kind_muted === null && kind.shown > 0 ? <SelectPeople kind={kind.id} /> : null}
        {kind.kind_muted === null ? (
          <MuteButton label={t("findings.muteKind")} onMute={(reason) => mute.mutate({ finding: kind.id, reason }, { onError: failed })} />
        ) : (
          <Button variant="default" onClick={() => unmute.mutate(kind.id, { onError: failed })}>
            {t("findings.showKind")}
          </Button>
        )}
      </PageHead>
      {kind.muted > 0 && kind.kind_muted === null ? (
        <div className={classes.sides}>
          <Segments
            name="findings-side"
            label={t("findings.side")}
            value={side}
            segments={[
              { value: "shown", label: t("findings.shown", { count: number(kind.shown) }) },
              { value: "muted", label: t("findings.mutedCount", { count: number(kind.muted) }) },
            ]}
            onChange={setSide}
          />
        </div>
      ) : null}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("findings.listOf", { name })}>
        {query.isError ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
        {kind.kind_muted === null ? null : (
          <EmptyState title={t("findings.kindMuted")}>{kind.kind_muted === "" ? t("findings.noReason") : kind.kind_muted}</EmptyState>
        )}
        {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
        <ul className={classes.rows}>
          {rows.map((row) => (
            <Row key={row.key} row={row} about={kind.about} onMute={(reason) => mute.mutate({ finding: row.key, reason }, { onError: failed })} onShow={() => unmute.mutate(row.key, { onError: failed })} />
          ))}
        </ul>
        {query.hasNextPage ? (
          <div className={classes.foot}>
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t("findings.more")}
            </Button>
            <span>{t("findings.ofAll", { shown: number(rows.length), total: number(side === "muted" ? kind.muted : kind.shown) })}</span>
          </div>
        ) : null}
      </div>
    </section>
  );
}

/** Leads to the list of people with exactly those selected whom the findings are about. */
function SelectPeople({ kind }: { kind: string }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const people = useMutation({ mutationFn: () => api.peopleOfFinding(kind) });
  const select = () =>
    people.mutate(undefined, {
      onSuccess: (ids) => void (globalThis.location.hash = handPeople(ids)),
      onError: (thrown: unknown) => void toasts.failed(errorWords(thrown).title),
    });
  return (
    <Button variant="default" leftSection={<Users size={14} strokeWidth={1.6} aria-hidden="true" />} loading={people.isPending} onClick={select}>
      {t("findings.selectPeople")}
    </Button>
  );
}

interface RowProps {
  row: FindingRow;
  about: string;
  onMute: (reason: string) => void;
  onShow: () => void;
}

function Row({ row, about, onMute, onShow }: RowProps) {
  const words = useWords();
  const { t, tOr } = words;
  const href = hrefOf(row, about);
  const name = about === "rule" ? ruleText(words, row.subject, row.subject) : row.name;
  const field = row.fix.field === "" ? "" : tOr(`userform.field.${row.fix.field}`, tOr(`records.field.${row.fix.field}`, row.fix.field));
  return (
    <li className={classes.row}>
      <span className={classes.who}>
        {href === null ? <span className={classes.name}>{name}</span> : <a className={classes.name} href={href}>{name}</a>}
        {row.login === "" || row.login === row.name ? null : <span className={classes.mono}>{row.login}</span>}
        {row.note === "" ? null : <span className={classes.note}>{row.note}</span>}
        <StandingBadge standing={row.standing === "A" ? "A" : ""} />
      </span>
      <span className={classes.does}>
        {row.muted === null ? (
          <MuteButton label={t("findings.mute")} about={name} onMute={onMute} />
        ) : (
          <Button variant="subtle" onClick={onShow}>
            {t("findings.show")}
          </Button>
        )}
      </span>
      <span className={classes.text}>
        {tOr(`findings.check.${row.check}`, row.text)}
        {row.muted === null || row.muted === "" ? null : ` ${t("findings.because", { reason: row.muted })}`}
        {row.fix.how === "open" && field !== "" ? <span className={classes.fix}> {t("findings.fixField", { field })}</span> : null}
        {row.fix.how === "settings" ? <span className={classes.fix}> {t("findings.fixSettings")}</span> : null}
        {row.fix.how === "offboard" ? <span className={classes.fix}> {t("findings.fixOffboard")}</span> : null}
      </span>
    </li>
  );
}
