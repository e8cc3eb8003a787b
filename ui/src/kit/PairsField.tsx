import { ActionIcon, Button } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useWords } from "@/words";
import type { FieldIds } from "./FormPanel";
import classes from "./PairsField.module.css";

/** The pairs of a text that holds custom fields; `null` where it is no JSON object of texts. */
export function pairsOf(text: string): [string, string][] | null {
  if (text.trim() === "") return [];
  try {
    const held: unknown = JSON.parse(text);
    if (typeof held !== "object" || held === null || Array.isArray(held)) return null;
    const pairs = Object.entries(held);
    return pairs.every(([, value]) => typeof value === "string") ? (pairs as [string, string][]) : null;
  } catch {
    return null;
  }
}

/** As the form holds them; a pair without a name is not one yet. */
function written(pairs: [string, string][]): string {
  const named = pairs.filter(([name]) => name.trim() !== "");
  return named.length === 0 ? "" : JSON.stringify(Object.fromEntries(named));
}

interface PairsFieldProps {
  ids: FieldIds;
  /** Names and texts, as a JSON object. */
  held: string;
  onChange: (held: string) => void;
  /** Whether only the names count. */
  namesOnly?: boolean;
  /** Names that are offered while somebody types one. */
  known?: readonly string[];
  /** What it says without any; the common word without it. */
  none?: string;
}

/** Names and texts, each pair with its way out, and one to add. */
export function PairsField({ ids, held, onChange, namesOnly = false, known = [], none }: PairsFieldProps) {
  const { t } = useWords();
  const listId = useId();
  const [pairs, setPairs] = useState(() => pairsOf(held) ?? []);
  const list = useRef<HTMLDivElement>(null);
  // Undone, or saved elsewhere: what is held counts.
  const heldPairs = pairsOf(held) ?? [];
  if (written(pairs) !== written(heldPairs)) setPairs(heldPairs);
  const put = (next: [string, string][]) => {
    setPairs(next);
    onChange(written(next));
  };
  const set = (at: number, pair: [string, string]) => put(pairs.map((each, index) => (index === at ? pair : each)));
  const empty = none ?? t("userform.customNone");
  return (
    <div ref={list} role="group" aria-labelledby={ids.labelId} aria-describedby={ids.describedBy}>
      {pairs.length === 0 && empty !== "" ? <p className={classes.none}>{empty}</p> : null}
      {pairs.map(([name, text], index) => (
        // A pair has no identity but its place.
        <div key={index} data-pair data-alone={namesOnly || undefined} className={classes.pair}>
          <input
            className={classes.small}
            aria-label={t("userform.customName", { number: index + 1 })}
            placeholder={t("userform.namePlaceholder")}
            list={known.length > 0 ? listId : undefined}
            value={name}
            onChange={(event) => set(index, [event.currentTarget.value, text])}
          />
          {namesOnly ? null : (
            <input
              className={classes.small}
              aria-label={t("userform.customText", { name: name || String(index + 1) })}
              placeholder={t("userform.textPlaceholder")}
              value={text}
              onChange={(event) => set(index, [name, event.currentTarget.value])}
            />
          )}
          <ActionIcon size={22} aria-label={t("kit.remove", { name: name || String(index + 1) })} onClick={() => put(pairs.filter((_, at) => at !== index))}>
            <X size={13} strokeWidth={1.8} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      {known.length > 0 ? (
        <datalist id={listId}>
          {known.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      ) : null}
      <Button
        id={ids.id}
        variant="default"
        leftSection={<Plus size={13} strokeWidth={1.8} aria-hidden="true" />}
        onClick={() => {
          setPairs([...pairs, ["", ""]]);
          requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("[data-pair]:last-of-type input")?.focus());
        }}
      >
        {t("userform.addCustom")}
      </Button>
    </div>
  );
}
