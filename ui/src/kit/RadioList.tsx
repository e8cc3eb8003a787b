import type { ReactNode } from "react";
import type { FieldIds } from "./FormPanel";
import classes from "./RadioList.module.css";

/** One of a few exclusive choices, each with words of its own below. */
export interface RadioOption<V extends string> {
  value: V;
  label: string;
  /** What it means; shown below while chosen, and always where it cannot be chosen. */
  hint?: ReactNode;
  disabled?: boolean;
}

interface RadioListProps<V extends string> {
  /** Ties the control to its row's words. */
  ids: FieldIds;
  value: V;
  options: RadioOption<V>[];
  onChange: (value: V) => void;
}

/** Exclusive choices one below the other: native radio buttons, so that arrows and screen readers just work. */
export function RadioList<V extends string>({ ids, value, options, onChange }: RadioListProps<V>) {
  // The row's focus goes to what is chosen, or to the first.
  const first = options.find((option) => option.value === value) ?? options.find((option) => !option.disabled);
  return (
    <div role="radiogroup" aria-labelledby={ids.labelId} aria-describedby={ids.describedBy} className={classes.list}>
      {options.map((option) => {
        const hint = option.hint && (option.value === value || option.disabled) ? option.hint : null;
        const id = option === first ? ids.id : `${ids.id}-${option.value}`;
        return (
          <div key={option.value} className={classes.option}>
            <input
              type="radio"
              id={id}
              name={ids.id}
              className={classes.radio}
              checked={option.value === value}
              disabled={option.disabled}
              aria-describedby={hint ? `${id}-hint` : undefined}
              onChange={() => onChange(option.value)}
            />
            <div className={classes.words}>
              <label htmlFor={id} className={classes.label} data-disabled={option.disabled || undefined}>
                {option.label}
              </label>
              {hint ? (
                <p id={`${id}-hint`} className={classes.hint}>
                  {hint}
                </p>
              ) : null}
            </div>
          </div>
        );
      })}
    </div>
  );
}
