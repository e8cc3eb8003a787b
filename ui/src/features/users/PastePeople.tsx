import { Button, Checkbox, CopyButton, Group, Modal, Select, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import type { FoundPeople } from "@/bridge/types";
import { FailedState } from "@/kit/FailedState";
import { addressOf, pastedColumns } from "@/kit/pasted";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import classes from "./PastePeople.module.css";

interface PastePeopleProps {
  opened: boolean;
  onClose: () => void;
  /** Hears who was found. */
  onFound: (ids: string[]) => void;
}

/** What the list holds. */
type By = "logins" | "emails";

/** More columns than this are not looked through; nobody pastes so many. */
const MOST_COLUMNS = 12;

/** The people that each column of the text means. */
async function look(columns: string[][], by: By): Promise<FoundPeople[]> {
  const ask = (column: string[]) => (by === "logins" ? api.findLogins(column) : api.findEmails(column.map(addressOf)));
  return Promise.all(columns.slice(0, MOST_COLUMNS).map(ask));
}

const hits = (found: FoundPeople | undefined) => (found ? found.found.length + found.other_case.length : 0);

/** Selects people by a pasted list: says who was found, who was not, and what stands in it twice. */
export function PastePeople({ opened, onClose, onFound }: PastePeopleProps) {
  const { t } = useWords();
  return (
    <Modal opened={opened} onClose={onClose} title={t("lists.pasteTitle")} size={520} closeButtonProps={{ "aria-label": t("kit.close") }}>
      <Pasting onClose={onClose} onFound={onFound} />
    </Modal>
  );
}

function Pasting({ onClose, onFound }: Omit<PastePeopleProps, "opened">) {
  const { t, number } = useWords();
  const [text, setText] = useState("");
  const [by, setBy] = useState<By>("logins");
  const [picked, setPicked] = useState<number | null>(null);
  const [withOther, setWithOther] = useState(true);
  const [asked] = useDebouncedValue(text, 150);
  const columns = pastedColumns(asked);
  const { data, error, refetch } = useQuery({
    queryKey: ["users", "pasted", by, columns],
    queryFn: () => look(columns, by),
    enabled: columns.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const results = columns.length === 0 ? [] : (data ?? []);
  // The column that names most people is meant, unless somebody says otherwise.
  const best = results.reduce((most, one, place) => (hits(one) > hits(results[most]) ? place : most), 0);
  const place = picked !== null && picked < columns.length ? picked : best;
  const found = results[place];
  const ids = found ? [...found.found, ...(withOther ? found.other_case.map(({ id }) => id) : [])] : [];

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onFound(ids);
        onClose();
      }}
    >
      <Textarea
        data-autofocus
        label={t("lists.pasteText")}
        description={t("lists.pasteHint")}
        rows={7}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        classNames={{ input: classes.text }}
      />
      <Group gap="sm" mt="md" align="end">
        <Segments<By>
          name="paste-by"
          label={t("lists.pasteBy")}
          value={by}
          onChange={setBy}
          segments={[
            { value: "logins", label: t("lists.pasteLogins") },
            { value: "emails", label: t("lists.pasteEmails") },
          ]}
        />
        {columns.length > 1 ? (
          <Select
            aria-label={t("lists.pasteColumn")}
            value={String(place)}
            allowDeselect={false}
            onChange={(value) => setPicked(Number(value))}
            data={columns.slice(0, MOST_COLUMNS).map((column, at) => ({
              value: String(at),
              label: t("lists.pasteColumnName", { number: number(at + 1), first: column[0] ?? "" }),
            }))}
            className={classes.column}
          />
        ) : null}
      </Group>
      <div className={classes.result} aria-live="polite">
        {error ? <FailedState error={asApiError(error)} onRetry={() => void refetch()} /> : null}
        {found ? <Result found={found} withOther={withOther} onWithOther={setWithOther} /> : null}
      </div>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("kit.cancel")}
        </Button>
        <Button type="submit" disabled={ids.length === 0}>
          {t("lists.pasteSelect", { count: ids.length, number: number(ids.length) })}
        </Button>
      </Group>
    </form>
  );
}

interface ResultProps {
  found: FoundPeople;
  withOther: boolean;
  onWithOther: (take: boolean) => void;
}

function Result({ found, withOther, onWithOther }: ResultProps) {
  const { t, number } = useWords();
  return (
    <>
      <p className={classes.found}>{found.found.length === 0 ? t("lists.pasteNobody") : t("lists.pasteFound", { count: found.found.length, number: number(found.found.length) })}</p>
      <Lines
        title={t("lists.pasteOther", { number: number(found.other_case.length) })}
        lines={found.other_case.map(({ asked, login }) => t("lists.pasteOtherLine", { asked, login }))}
      >
        <Checkbox checked={withOther} label={t("lists.pasteOtherTake")} onChange={(event) => onWithOther(event.currentTarget.checked)} />
      </Lines>
      <Lines title={t("lists.pasteMissing", { number: number(found.missing.length) })} lines={found.missing}>
        <CopyButton value={found.missing.join("\n")}>
          {({ copied, copy }) => (
            <Button variant="subtle" onClick={copy}>
              {copied ? t("lists.pasteCopied") : t("lists.pasteCopy")}
            </Button>
          )}
        </CopyButton>
      </Lines>
      <Lines
        title={t("lists.pasteAmbiguous", { number: number(found.ambiguous.length) })}
        lines={found.ambiguous.map(({ asked, logins }) => t("lists.pasteAmbiguousLine", { asked, logins: logins.join(", ") }))}
      />
      <Lines title={t("lists.pasteTwice", { number: number(found.twice.length) })} lines={found.twice} />
    </>
  );
}

/** What was not simply found, line by line; nothing for no lines. */
function Lines({ title, lines, children }: { title: string; lines: string[]; children?: ReactNode }) {
  if (lines.length === 0) return null;
  return (
    <section className={classes.part} aria-label={title}>
      <div className={classes.partHead}>
        <h3 className={classes.partTitle}>{title}</h3>
        {children}
      </div>
      {/* A long list scrolls; the keyboard has to be able to. */}
      <ul className={classes.lines} tabIndex={0} aria-label={title}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
