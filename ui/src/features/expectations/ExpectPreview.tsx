import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { ShieldCheck } from "lucide-react";
import { useErrorWords } from "@/bridge/errorWords";
import { sentenceOf, useAddExpectations, useExpectationChoices, useExpectSeen } from "@/bridge/expectations";
import { useSortedBy } from "@/bridge/reads";
import { attributeName } from "@/bridge/ticketWords";
import type { ExpectationInput, ExpectationRow, TicketView } from "@/bridge/types";
import { useUndo } from "@/bridge/writes";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";

/** Says what was added, and offers to take it back. */
function useTold() {
  const words = useWords();
  const errorWords = useErrorWords();
  const undo = useUndo();
  const by = useSortedBy();
  const { t, number } = words;
  const takeBack = () => undo.mutate(undefined, { onError: (thrown) => toasts.failed(errorWords(thrown).title) });
  const undoable = { label: t("kit.undo"), run: takeBack };
  return {
    failed: (thrown: unknown) => toasts.failed(errorWords(thrown).title),
    added: (rows: ExpectationRow[], leftOut = 0) => {
      const rest = leftOut > 0 ? ` ${t("expectations.leftOut", { count: leftOut, number: number(leftOut) })}` : "";
      const [only] = rows;
      if (!only) return toasts.done(t("expectations.nothingNew") + rest);
      const text = rows.length === 1 ? sentenceOf(words, only, by) : t("expectations.added", { count: rows.length, number: number(rows.length) });
      return toasts.done(text + rest, undoable);
    },
  };
}

interface ExpectAllProps {
  /** The person's id. */
  user: string;
  /** Whether what is shown is not what is saved: of that nothing can be expected. */
  unsaved: boolean;
}

/** Makes expectations of all that a preview shows, with one click. */
export function ExpectAll({ user, unsaved }: ExpectAllProps) {
  const { t } = useWords();
  const told = useTold();
  const expect = useExpectSeen();
  const run = () => expect.mutate(user, { onSuccess: ({ added, leftOut }) => told.added(added, leftOut), onError: told.failed });
  const label = t(unsaved ? "expectations.expectAllUnsaved" : "expectations.expectAll");
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={t("expectations.expectAll")} aria-disabled={unsaved} data-disabled={unsaved || undefined} loading={expect.isPending} onClick={unsaved ? undefined : run}>
        <ShieldCheck size={16} strokeWidth={1.6} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

interface ExpectTicketProps {
  /** The person's id. */
  user: string;
  ticket: TicketView;
}

/** Expects that the person always sees a ticket, or a field of tickets, or never does. */
export function ExpectTicket({ user, ticket }: ExpectTicketProps) {
  const words = useWords();
  const { t } = words;
  const by = useSortedBy();
  const told = useTold();
  const add = useAddExpectations();
  const choices = useExpectationChoices().data;
  const expect = (what: string, what_key: string, sees: boolean) => {
    const input: ExpectationInput = { who: "external_user", who_key: user, sees, what, what_key };
    add.mutate([input], { onSuccess: (added) => told.added(added), onError: told.failed });
  };
  const shown = ticket.attributes.map(([name]) => name);
  // A field that is not shown can be expected never to be; those the portal can show at all are the desk's.
  const fields = choices?.what.includes("field") ? choices.fields : [];
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" loading={add.isPending} aria-label={t("expectations.expectTicket")} title={t("expectations.expectTicketHint")}>
          <ShieldCheck size={16} strokeWidth={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {[true, false].map((sees) => (
          <Menu.Item key={String(sees)} onClick={() => expect("ticket", ticket.number, sees)}>
            {t(sees ? "expectations.ticketAlways" : "expectations.ticketNever")}
          </Menu.Item>
        ))}
        {fields.length > 0 ? <Menu.Divider /> : null}
        {fields.map((field) => {
          const sees = shown.includes(field);
          const name = attributeName(words, field, by);
          return (
            <Menu.Item key={field} onClick={() => expect("field", field, sees)}>
              {t(sees ? "expectations.fieldAlways" : "expectations.fieldNever", { name })}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
