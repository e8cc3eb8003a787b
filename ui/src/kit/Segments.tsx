import classes from "./Segments.module.css";

/** One of a few exclusive choices. */
export interface Segment<V extends string> {
  value: V;
  label: string;
  /** What it means, for those who hover or hear it. */
  hint?: string;
}

interface SegmentsProps<V extends string> {
  /** Name of the group of radio buttons; unique in the window. */
  name: string;
  /** Id of what is chosen, for those who go to the field. */
  id?: string;
  /** The group's name for people who hear it, or ids of what names it. */
  label?: string;
  labelledBy?: string;
  describedBy?: string;
  value: V;
  segments: Segment<V>[];
  onChange: (value: V) => void;
  disabled?: boolean;
  /** Narrow segments of equal width, for tables. */
  compact?: boolean;
}

/** Exclusive choices side by side: native radio buttons, so that arrows and screen readers just work. */
export function Segments<V extends string>(props: SegmentsProps<V>) {
  const { name, id, label, labelledBy, describedBy, value, segments, onChange, disabled = false, compact = false } = props;
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className={classes.segments}
      data-compact={compact || undefined}
    >
      {segments.map((segment) => (
        <label key={segment.value} className={classes.segment} title={segment.hint} data-checked={segment.value === value || undefined}>
          <input
            type="radio"
            className={classes.radio}
            id={segment.value === value ? id : undefined}
            name={name}
            value={segment.value}
            checked={segment.value === value}
            disabled={disabled}
            onChange={() => onChange(segment.value)}
          />
          {segment.label}
        </label>
      ))}
    </div>
  );
}
