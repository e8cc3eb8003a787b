import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import { useAddExpectations, useExpectationChoices } from "@/bridge/expectations";
import { useSortedBy } from "@/bridge/reads";
import { attributeName } from "@/bridge/ticketWords";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import { searchIn } from "./search";
import classes from "./Expectations.module.css";

const WHO = ["everyone", "account", "external_user"] as const;

/** What is typed or picked for one side of the sentence; another kind begins anew. */
interface Side {
  kind: string;
  picked: Choice[];
  text: string;
}

const side = (kind: string): Side => ({ kind, picked: [], text: "" });
const keyOf = ({ picked, text }: Side) => picked[0]?.value ?? text.trim();

/** One sentence: who sees, or never sees, what. */
export function NewExpectation() {
  const words = useWords();
  const { t, tOr } = words;
  const by = useSortedBy();
  const errorWords = useErrorWords();
  const choices = useExpectationChoices().data;
  const add = useAddExpectations();
  const [who, setWho] = useState(side("everyone"));
  const [sees, setSees] = useState<"sees" | "never">("never");
  const [chosen, setWhat] = useState(side(""));
  const kinds = choices?.what ?? [];
  const whatKind = (kind: string) => tOr(kind === "queue" ? `expectations.whatQueue.${by}` : "", t(`expectations.whatKind.${kind}`));
  // Most wishes are about a whole queue, address or object, so that is offered first.
  const what = chosen.kind === "" ? side(kinds.find((kind) => kind !== "ticket") ?? "ticket") : chosen;
  const whatKey = what.kind === "field" && what.text === "" ? (choices?.fields[0] ?? "") : keyOf(what);
  const ready = (who.kind === "everyone" || keyOf(who) !== "") && whatKey !== "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || add.isPending) return;
    const input = { who: who.kind, who_key: keyOf(who), sees: sees === "sees", what: what.kind, what_key: whatKey };
    add.mutate([input], { onSuccess: () => setWhat(side(what.kind)) });
  };
  const error = add.isError ? asApiError(add.error) : null;
  return (
    <form className={classes.form} onSubmit={send} aria-label={t("expectations.new")}>
      <NativeSelect
        size="xs"
        aria-label={t("expectations.who")}
        value={who.kind}
        onChange={(event) => setWho(side(event.currentTarget.value))}
        data={WHO.map((kind) => ({ value: kind, label: t(`expectations.whoKind.${kind}`) }))}
      />
      {who.kind === "everyone" ? null : <Picked key={who.kind} label={t(`expectations.whoKind.${who.kind}`)} entity={who.kind} value={who.picked} onChange={(picked) => setWho({ ...who, picked })} />}
      <Segments
        name="expectation-sees"
        label={t("expectations.seesOrNot")}
        value={sees}
        segments={[
          { value: "never", label: t("expectations.never") },
          { value: "sees", label: t("expectations.always") },
        ]}
        onChange={setSees}
      />
      <NativeSelect
        size="xs"
        aria-label={t("expectations.what")}
        value={what.kind}
        onChange={(event) => setWhat(side(event.currentTarget.value))}
        data={kinds.map((kind) => ({ value: kind, label: whatKind(kind) }))}
      />
      {what.kind === "ticket" ? (
        <TextInput size="xs" aria-label={t("expectations.number")} placeholder={t("expectations.number")} value={what.text} onChange={(event) => setWhat({ ...what, text: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
      ) : what.kind === "field" ? (
        <NativeSelect
          size="xs"
          aria-label={t("expectations.whatKind.field")}
          value={whatKey}
          onChange={(event) => setWhat({ ...what, text: event.currentTarget.value })}
          data={(choices?.fields ?? []).map((field) => ({ value: field, label: attributeName(words, field, by) }))}
        />
      ) : what.kind === "" ? null : (
        <Picked key={what.kind} label={whatKind(what.kind)} entity={what.kind} value={what.picked} onChange={(picked) => setWhat({ ...what, picked })} />
      )}
      <Button type="submit" disabled={!ready} loading={add.isPending}>
        {t("expectations.add")}
      </Button>
      {error ? (
        <p className={classes.failed} role="alert">
          {error.code === "conflict" ? t("expectations.opposite") : error.code === "not_found" ? t("expectations.notThere") : errorWords(add.error).title}
        </p>
      ) : null}
    </form>
  );
}

interface PickedProps {
  label: string;
  entity: string;
  value: Choice[];
  onChange: (value: Choice[]) => void;
}

/** One record of a kind, found by its name. */
export function Picked({ label, entity, value, onChange }: PickedProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <span className={classes.picked}>
      <span id={`${id}-label`} className={classes.hidden}>
        {label}
      </span>
      <MultiPick ids={{ id, labelId: `${id}-label`, describedBy: undefined, invalid: false }} value={value} onChange={onChange} search={searchIn(entity)} most={1} placeholder={t("expectations.pick")} />
    </span>
  );
}
