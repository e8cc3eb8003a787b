import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./FormTabs.module.css";

/** The heads of a form's tabs, in a row. */
export function FormTabList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tabs.List aria-label={label} className={classes.list}>
      {children}
    </Tabs.List>
  );
}

interface FormTabHeadProps {
  value: string;
  label: string;
  /** What the dot beside the word means: unsaved fields, errors; no dot without it. */
  mark: string | null;
  /** Whether the dot stands for errors. */
  wrong?: boolean;
}

/** The head of a form's tab; a dot says that something stands in it. */
export function FormTabHead({ value, label, mark, wrong = false }: FormTabHeadProps) {
  return (
    <Tabs.Tab value={value}>
      {label}
      {mark ? <span className={classes.dot} data-wrong={wrong || undefined} role="img" aria-label={mark} title={mark} /> : null}
    </Tabs.Tab>
  );
}
