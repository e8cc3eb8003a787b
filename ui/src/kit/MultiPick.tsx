import { Combobox, Loader, Pill, PillsInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWords } from "@/words";
import type { FieldIds } from "./FormPanel";
import { shortened, usePaste } from "./usePaste";
import classes from "./MultiPick.module.css";

/** Something to pick. */
export interface Choice {
  /** What tells choices apart. */
  value: string;
  /** What people read. */
  label: string;
  /** A short key beside it, in mono. */
  key?: string;
  /** A remark, in grey ("invalid"). */
  note?: string;
}

interface MultiPickProps {
  /** Ties the control to its row's words. */
  ids: Pick<FieldIds, "id" | "labelId" | "describedBy" | "invalid">;
  /** What is picked, in order. */
  value: Choice[];
  onChange: (value: Choice[]) => void;
  /** Finds choices by what was typed; "" gives the first ones. */
  search: (text: string) => Promise<Choice[]>;
  /** At most this many; with 1 the new choice takes the old one's place. */
  most?: number;
  /** Choices that are not offered either: what is picked elsewhere. */
  without?: Choice[];
  disabled?: boolean;
  /** What an empty field says; "Add" where nothing is said. */
  placeholder?: string;
}

/** Picks several things, or one, out of many: type, choose, or paste a list; Backspace takes the last away. */
export function MultiPick({ ids, value, onChange, search, most = Infinity, without = [], disabled = false, placeholder }: MultiPickProps) {
  const { t, number } = useWords();
  // Mantine's own field takes its description from a wrapper that is not used here.
  const field = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, 120);
  const found = useFound(search, asked, combobox.dropdownOpened);
  const picked = new Set([...value, ...without].map((choice) => choice.value));
  const paste = usePaste(value, onChange, search, most, without);
  const options = (found ?? []).filter((choice) => !picked.has(choice.value));

  // What was typed finds: Enter takes the first.
  const first = text.trim() === "" || asked !== text ? undefined : options[0]?.value;
  useEffect(() => {
    if (first !== undefined) combobox.selectFirstOption();
    // oxlint-disable-next-line react/exhaustive-deps -- the store is another one at every drawing
  }, [first]);

  const pick = (wanted: string) => {
    const choice = options.find((each) => each.value === wanted);
    if (!choice) return;
    onChange(most === 1 ? [choice] : [...value, choice]);
    setText("");
    if (most === 1) combobox.closeDropdown();
  };
  const drop = (gone: string) => onChange(value.filter((choice) => choice.value !== gone));
  const onKeyDown = (event: KeyboardEvent) => {
    const last = value.at(-1);
    if (event.key === "Backspace" && text === "" && last) {
      event.preventDefault();
      drop(last.value);
    }
    if (event.key === "Escape" && combobox.dropdownOpened) event.stopPropagation();
  };

  return (
    <>
      <Combobox store={combobox} onOptionSubmit={pick} withinPortal disabled={disabled}>
        <Combobox.DropdownTarget>
          <PillsInput size="xs" error={ids.invalid} disabled={disabled} onClick={() => field.current?.focus()} className={classes.input}>
            <Pill.Group disabled={disabled}>
              {value.map((choice) => (
                <Pill
                  key={choice.value}
                  className={classes.pill}
                  withRemoveButton
                  onRemove={() => drop(choice.value)}
                  removeButtonProps={{ "aria-label": t("kit.remove", { name: choice.label }), tabIndex: 0, "aria-hidden": false }}
                  title={choice.label}
                >
                  {choice.label}
                  {choice.note ? <span className={classes.note}>{choice.note}</span> : null}
                </Pill>
              ))}
              <Combobox.EventsTarget withExpandedAttribute>
                <input
                  ref={field}
                  type="text"
                  className={classes.field}
                  data-filled={most === 1 && value.length > 0 ? true : undefined}
                  id={ids.id}
                  aria-labelledby={ids.labelId}
                  aria-describedby={ids.describedBy}
                  aria-invalid={ids.invalid || undefined}
                  role="combobox"
                  aria-controls={combobox.listId ?? undefined}
                  aria-expanded={combobox.dropdownOpened}
                  aria-autocomplete="list"
                  value={text}
                  placeholder={value.length === 0 || most > 1 ? (placeholder ?? t("kit.add")) : undefined}
                  disabled={disabled}
                  onChange={(event) => {
                    setText(event.currentTarget.value);
                    combobox.openDropdown();
                    combobox.updateSelectedOptionIndex();
                  }}
                  autoComplete="off"
                  onMouseDown={(event) => event.stopPropagation()}
                  onClick={(event) => {
                    event.stopPropagation();
                    combobox.openDropdown();
                  }}
                  onBlur={() => {
                    combobox.closeDropdown();
                    setText("");
                  }}
                  onKeyDown={onKeyDown}
                  onPaste={paste.onPaste}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown>
          <Combobox.Options mah={260} className={classes.options} aria-labelledby={ids.labelId}>
            {found === null ? (
              <Combobox.Empty>
                <Loader size={12} /> {t("kit.searching")}
              </Combobox.Empty>
            ) : null}
            {found !== null && options.length === 0 ? <Combobox.Empty>{t("kit.nothingFound")}</Combobox.Empty> : null}
            {options.map((choice) => (
              <Combobox.Option key={choice.value} value={choice.value} className={classes.option}>
                <span className={classes.label}>{choice.label}</span>
                {choice.note ? <span className={classes.note}>{choice.note}</span> : null}
                {choice.key ? <span className={classes.key}>{choice.key}</span> : null}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <div role="status" className={classes.missing}>
        {paste.busy ? t("kit.searching") : null}
        {paste.remarks.map(({ word, texts }) => (
          <div key={word}>{t(word, { count: texts.length, number: number(texts.length), names: shortened(texts) })}</div>
        ))}
      </div>
    </>
  );
}

/** What the search finds; `null` while the first answer is under way. A late answer never replaces a newer one. */
function useFound(search: MultiPickProps["search"], text: string, active: boolean): Choice[] | null {
  const [found, setFound] = useState<Choice[] | null>(null);
  useEffect(() => {
    if (!active) return undefined;
    let over = false;
    search(text).then(
      (choices) => {
        if (!over) setFound(choices);
      },
      () => {
        if (!over) setFound([]);
      },
    );
    return () => {
      over = true;
    };
  }, [search, text, active]);
  return found;
}
