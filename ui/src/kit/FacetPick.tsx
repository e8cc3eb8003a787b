import { Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useWords } from "@/words";
import { useListFocus } from "./useListFocus";
import classes from "./FacetPick.module.css";

/** A value of a facet. */
export interface Facet {
  value: string;
  label: string;
  /** How many have it, under all other conditions. */
  count: number;
}

interface FacetPickProps {
  /** What the values are ("Account"). */
  label: string;
  /** The values to choose from. */
  facets: Facet[];
  /** The chosen values. */
  value: string[];
  onChange: (value: string[]) => void;
  /** Hears that it is opened or closed: what costs much is only asked for then. */
  onOpen?: (open: boolean) => void;
}

/** A button that opens the values of a facet with their counts; several may be chosen. */
export function FacetPick({ label, facets, value, onChange, onOpen }: FacetPickProps) {
  const words = useWords();
  const { t } = words;
  const [text, setText] = useState("");
  const { listProps, tabIndexOf, onFieldKeyDown } = useListFocus<HTMLDivElement>();
  const wanted = text.trim().toLocaleLowerCase();
  const shown = facets.filter((facet) => facet.label.toLocaleLowerCase().includes(wanted));
  const only = value.length === 1 ? facets.find((facet) => facet.value === value[0])?.label : undefined;
  const toggle = (one: string) => onChange(value.includes(one) ? value.filter((each) => each !== one) : [...value, one]);

  return (
    <Popover position="bottom-start" trapFocus returnFocus width={300} onChange={onOpen} onClose={() => setText("")}>
      <Popover.Target>
        <Button
          variant={value.length > 0 ? "light" : "default"}
          rightSection={<ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" />}
          className={classes.button}
        >
          {only ?? (value.length > 0 ? t("kit.facetChosen", { label, count: value.length }) : label)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={label}>
        <TextInput
          data-autofocus
          aria-label={t("kit.facetFilter", { label })}
          placeholder={t("kit.facetFilter", { label })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onFieldKeyDown}
        />
        <div {...listProps} className={classes.list} role="group" aria-label={label}>
          {shown.map((facet, place) => (
            <label key={facet.value} className={classes.item}>
              <Checkbox tabIndex={tabIndexOf(place, shown.length)} checked={value.includes(facet.value)} onChange={() => toggle(facet.value)} aria-label={facet.label} />
              <span className={classes.label}>{facet.label}</span>
              <span className={classes.count}>{words.number(facet.count)}</span>
            </label>
          ))}
          {shown.length === 0 ? <p className={classes.none}>{t("kit.nothingFound")}</p> : null}
        </div>
        {value.length > 0 ? (
          <Button variant="subtle" fullWidth onClick={() => onChange([])}>
            {t("kit.facetAll")}
          </Button>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
