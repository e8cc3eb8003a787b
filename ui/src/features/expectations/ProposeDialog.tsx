import { Button, Group, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { useSortedBy } from "@/bridge/reads";
import { inputOf, sentenceOf, useAddExpectations, useProposedExpectations } from "@/bridge/expectations";
import { keys } from "@/bridge/keys";
import { choiceOf } from "@/bridge/recordChoice";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { toasts } from "@/kit/Toasts";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { Picked } from "./NewExpectation";
import classes from "./Expectations.module.css";

interface ProposeDialogProps {
  /** The person's id; empty while nobody is chosen. */
  user: string;
  onUser: (user: string) => void;
  onClose: () => void;
}

/** Makes expectations of what a person sees today: they are shown, then added as one change. */
export function ProposeDialog({ user, onUser, onClose }: ProposeDialogProps) {
  const words = useWords();
  const by = useSortedBy();
  const { t, number } = words;
  const errorWords = useErrorWords();
  const query = useProposedExpectations(user);
  const label = useQuery({ queryKey: keys.labels("external_user", [user]), queryFn: () => api.labels("external_user", [user]), enabled: user !== "" }).data?.[0];
  const add = useAddExpectations();
  const proposed = query.data?.proposed ?? [];
  const save = () =>
    add.mutate(proposed.map(inputOf), {
      onSuccess: (added) => {
        toasts.done(t("expectations.added", { count: added.length, number: number(added.length) }));
        onClose();
      },
    });
  return (
    <Modal opened onClose={onClose} title={t("expectations.fromTitle")} size={560} closeButtonProps={{ "aria-label": t("kit.close") }} transitionProps={{ duration: 0 }}>
      <div className={classes.dialog}>
        <Picked
          label={t("expectations.whoKind.external_user")}
          entity="external_user"
          value={user === "" ? [] : [label ? choiceOf(label) : { value: user, label: "…" }]}
          onChange={(picked) => onUser(picked[0]?.value ?? "")}
        />
        <div className={classes.proposals} tabIndex={0} role="region" aria-label={t("expectations.proposed")} aria-busy={query.isFetching}>
          {query.isError ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
          {user === "" ? <EmptyState title={t("expectations.choose")} /> : query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
          {query.isSuccess && proposed.length === 0 ? <EmptyState title={t("expectations.nothingNew")} /> : null}
          <ul className={classes.rows}>
            {proposed.map((row) => (
              <li key={`${row.what} ${row.what_key}`} className={classes.proposal}>
                <VerdictIcon verdict={row.sees ? "passed" : "blocked"} label={t(row.sees ? "expectations.always" : "expectations.never")} />
                <span>{sentenceOf(words, row, by)}</span>
              </li>
            ))}
          </ul>
        </div>
        {query.data && query.data.left_out > 0 ? <p className={classes.doubt}>{t("expectations.leftOut", { count: query.data.left_out, number: number(query.data.left_out) })}</p> : null}
        {add.isError ? (
          <p className={classes.failed} role="alert">
            {errorWords(add.error).title}
          </p>
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("kit.cancel")}
          </Button>
          <Button disabled={proposed.length === 0} loading={add.isPending} onClick={save}>
            {t("expectations.expect", { count: Math.max(1, proposed.length), number: number(proposed.length) })}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
