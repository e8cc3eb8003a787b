import { ActionIcon, Button } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { useWords } from "@/words";
import { FormRow, type FieldIds } from "@/kit/FormPanel";
import { TextField } from "@/kit/TextField";
import type { RowProps } from "./formContext";
import { customPairs } from "./useFieldText";
import { useRow } from "./useRow";
import classes from "./FormRows.module.css";

/** The desk's custom fields: names and texts; as it is where it is something else. */
export function CustomRow({ context, row }: RowProps) {
  const { edited } = context;
  const shared = useRow(context, row);
  const held = edited.form.custom;
  const readable = customPairs(held) !== null;
  return (
    <FormRow {...shared} group={readable}>
      {(ids) =>
        readable ? (
          <Pairs ids={ids} held={held} onChange={(custom) => edited.change({ custom })} />
        ) : (
          <TextField ids={ids} multiline mono value={held} onChange={(custom) => edited.change({ custom })} />
        )
      }
    </FormRow>
  );
}

/** As the form holds them; a pair without a name is not one yet. */
function written(pairs: [string, string][]): string {
  const named = pairs.filter(([name]) => name.trim() !== "");
  return named.length === 0 ? "" : JSON.stringify(Object.fromEntries(named));
}

function Pairs({ ids, held, onChange }: { ids: FieldIds; held: string; onChange: (held: string) => void }) {
  const { t } = useWords();
  const [pairs, setPairs] = useState(() => customPairs(held) ?? []);
  const list = useRef<HTMLDivElement>(null);
  // Undone, or saved elsewhere: what is held counts.
  const heldPairs = customPairs(held) ?? [];
  if (written(pairs) !== written(heldPairs)) setPairs(heldPairs);
  const put = (next: [string, string][]) => {
    setPairs(next);
    onChange(written(next));
  };
  const set = (at: number, pair: [string, string]) => put(pairs.map((each, index) => (index === at ? pair : each)));
  return (
    <div ref={list} role="group" aria-labelledby={ids.labelId} aria-describedby={ids.describedBy}>
      {pairs.length === 0 ? <p className={classes.none}>{t("userform.customNone")}</p> : null}
      {pairs.map(([name, text], index) => (
        // A pair has no identity but its place.
        <div key={index} data-pair className={classes.pair}>
          <input
            className={classes.small}
            aria-label={t("userform.customName", { number: index + 1 })}
            placeholder={t("userform.namePlaceholder")}
            value={name}
            onChange={(event) => set(index, [event.currentTarget.value, text])}
          />
          <input
            className={classes.small}
            aria-label={t("userform.customText", { name: name || String(index + 1) })}
            placeholder={t("userform.textPlaceholder")}
            value={text}
            onChange={(event) => set(index, [name, event.currentTarget.value])}
          />
          <ActionIcon size={22} aria-label={t("kit.remove", { name: name || String(index + 1) })} onClick={() => put(pairs.filter((_, at) => at !== index))}>
            <X size={13} strokeWidth={1.8} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
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
