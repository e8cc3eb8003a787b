import { useWords } from "@/words";
import classes from "./FilterTabs.module.css";

/** One way to narrow a list. */
export interface FilterTab<V extends string> {
  value: V;
  label: string;
  count: number | undefined;
}

interface FilterTabsProps<V extends string> {
  label: string;
  tabs: FilterTab<V>[];
  value: V;
  onChange: (value: V) => void;
}

/** Ways to narrow a list, with their counts; one is chosen. */
export function FilterTabs<V extends string>({ label, tabs, value, onChange }: FilterTabsProps<V>) {
  const { number } = useWords();
  return (
    <div role="group" aria-label={label} className={classes.tabs}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          aria-pressed={tab.value === value}
          className={classes.tab}
          onClick={() => onChange(tab.value)}
        >
          {tab.label} <span className={classes.count}>{tab.count === undefined ? "" : number(tab.count)}</span>
        </button>
      ))}
    </div>
  );
}
