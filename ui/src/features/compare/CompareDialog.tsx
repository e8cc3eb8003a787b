import { Button, Group, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import { choiceOf } from "@/bridge/recordChoice";
import type { FoundTicket, PeopleCompared } from "@/bridge/types";
import { usersHref } from "@/features/users/paths";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { useWords } from "@/words";
import classes from "./Compare.module.css";

interface CompareDialogProps {
  /** Ids of the people; fewer than two where the rest is to be picked. */
  people: readonly string[];
  onClose: () => void;
}

/** People offered at once. */
const MOST = 20;

const searchPeople = async (text: string) => (await api.searchRecords("external_user", text, MOST)).map(choiceOf);

/** Two people side by side: the tickets that one sees and the other does not. */
export function CompareDialog({ people, onClose }: CompareDialogProps) {
  const { t } = useWords();
  const [pair, setPair] = useState<readonly [string, string]>([people[0] ?? "", people[1] ?? ""]);
  const [first, second] = pair;
  const both = first !== "" && second !== "" && first !== second;
  const query = useQuery({ queryKey: keys.compare(first, second), queryFn: () => api.comparePeople(first, second), enabled: both });
  const labels = useQuery({ queryKey: keys.labels("external_user", pair.filter(Boolean)), queryFn: () => api.labels("external_user", pair.filter(Boolean)), enabled: first !== "" || second !== "" }).data;
  const chosen = (id: string): Choice[] => {
    if (id === "") return [];
    const label = labels?.find((one) => one.id === id);
    return [label ? choiceOf(label) : { value: id, label: "…" }];
  };
  return (
    <Modal opened onClose={onClose} title={t("compare.title")} size={860} closeButtonProps={{ "aria-label": t("kit.close") }} transitionProps={{ duration: 0 }}>
      <div className={classes.dialog}>
        <div className={classes.pair}>
          <Person label={t("compare.first")} value={chosen(first)} onChange={(id) => setPair([id, second])} />
          <Person label={t("compare.second")} value={chosen(second)} onChange={(id) => setPair([first, id])} />
        </div>
        <div aria-busy={query.isFetching} className={classes.answer}>
          {!both ? <EmptyState title={t(first !== "" && first === second ? "compare.same" : "compare.choose")} /> : null}
          {both && query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
          {both && query.isError ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
          {both && query.data ? <Answer found={query.data} names={[chosen(first)[0]?.label ?? "", chosen(second)[0]?.label ?? ""]} ids={pair} /> : null}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("kit.close")}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

function Person({ label, value, onChange }: { label: string; value: Choice[]; onChange: (id: string) => void }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className={classes.person}>
      <span id={`${id}-label`} className={classes.label}>
        {label}
      </span>
      <MultiPick
        ids={{ id, labelId: `${id}-label`, describedBy: undefined, invalid: false }}
        value={value}
        onChange={(picked) => onChange(picked[0]?.value ?? "")}
        search={searchPeople}
        most={1}
        placeholder={t("compare.pick")}
      />
    </div>
  );
}

interface AnswerProps {
  found: PeopleCompared;
  names: readonly [string, string];
  ids: readonly [string, string];
}

function Answer({ found, names, ids }: AnswerProps) {
  const { t } = useWords();
  const alike = found.only_first + found.only_second === 0 && found.login === "same" && !found.unknown;
  return (
    <>
      <div role="status" className={classes.said}>
        {alike ? <p>{t("compare.alike")}</p> : null}
        {found.login === "same" ? null : <p className={classes.doubt}>{t("compare.onlyLogsIn", { name: names[found.login === "first" ? 0 : 1] })}</p>}
        {found.unknown ? <p className={classes.doubt}>{t("compare.unknown")}</p> : null}
      </div>
      {alike ? null : (
        <div className={classes.pair}>
          <Tickets name={names[0]} id={ids[0]} count={found.only_first} tickets={found.first_tickets} />
          <Tickets name={names[1]} id={ids[1]} count={found.only_second} tickets={found.second_tickets} />
        </div>
      )}
    </>
  );
}

/** The tickets that only this person sees. Each number leads to the reason. */
function Tickets({ name, id, count, tickets }: { name: string; id: string; count: number; tickets: readonly FoundTicket[] }) {
  const { t, number } = useWords();
  const title = t("compare.only", { name, count, number: number(count) });
  return (
    <section className={classes.side} aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {count === 0 ? <p className={classes.muted}>{t("compare.none")}</p> : null}
      <ul className={classes.list} tabIndex={tickets.length > 0 ? 0 : undefined}>
        {tickets.map((ticket) => (
          <li key={ticket.number} className={classes.ticket}>
            <a href={usersHref({ id, why: ticket.number })} className={classes.number}>
              {ticket.number}
            </a>
            <span className={classes.title} title={ticket.title}>
              {ticket.title}
            </span>
            <span className={`${classes.muted} ${classes.title}`} title={ticket.place}>
              {ticket.place}
            </span>
          </li>
        ))}
      </ul>
      {count > tickets.length ? <p className={classes.muted}>{t("compare.more", { count: count - tickets.length, number: number(count - tickets.length) })}</p> : null}
    </section>
  );
}
