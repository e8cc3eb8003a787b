import { ActionIcon } from "@mantine/core";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "@/words";
import type { FieldIds } from "./FormPanel";
import { type Choice, MultiPick } from "./MultiPick";
import classes from "./PickList.module.css";

interface PickListProps {
  /** Ties the control to its row's words. */
  ids: Pick<FieldIds, "id" | "labelId" | "describedBy" | "invalid">;
  /** What is picked, in order. */
  value: Choice[];
  /** Adds choices: one, or those of a pasted list. */
  onAdd: (choices: Choice[]) => void;
  onRemove: (choice: Choice) => void;
  /** Finds choices by what was typed; "" gives the first ones. */
  search: (text: string) => Promise<Choice[]>;
  /** What can be set for each picked thing. */
  children: (choice: Choice) => ReactNode;
  /** Words above the controls of the rows. */
  heads?: ReactNode;
  /** Shown while nothing is picked. */
  none?: string;
  /** Whether something about it is not saved yet. */
  changed?: (choice: Choice) => boolean;
}

/** Things picked one below the other, each with controls of its own; the field at the end adds another. */
export function PickList({ ids, value, onAdd, onRemove, search, children, heads, none, changed }: PickListProps) {
  const { t } = useWords();
  return (
    <div className={classes.whole}>
      {value.length > 0 && heads ? (
        <div className={classes.heads} aria-hidden="true">
          {heads}
        </div>
      ) : null}
      {value.length > 0 ? (
        <ul className={classes.list} aria-labelledby={ids.labelId}>
          {value.map((choice) => (
            <li key={choice.value} className={classes.line} data-changed={changed?.(choice) || undefined}>
              <div className={classes.words}>
                <span className={classes.name}>{choice.label}</span>
                {choice.note ? <span className={classes.note}>{choice.note}</span> : null}
                {choice.key && choice.key !== choice.label ? <span className={classes.key}>{choice.key}</span> : null}
              </div>
              <div className={classes.controls}>
                {children(choice)}
                <ActionIcon size={22} aria-label={t("kit.remove", { name: choice.label })} onClick={() => onRemove(choice)}>
                  <X size={13} strokeWidth={1.8} aria-hidden="true" />
                </ActionIcon>
              </div>
            </li>
          ))}
        </ul>
      ) : none ? (
        <p className={classes.none}>{none}</p>
      ) : null}
      <MultiPick
        ids={ids}
        value={[]}
        without={value}
        search={search}
        onChange={onAdd}
      />
    </div>
  );
}
