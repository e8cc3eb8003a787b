import { Button, Menu } from "@mantine/core";
import { ChevronDown, X, type LucideIcon } from "lucide-react";
import { useWords } from "@/words";
import { Kbd } from "./Kbd";
import classes from "./BulkBar.module.css";

/** Something to do with what is selected. */
export interface BulkAction {
  key: string;
  label: string;
  icon: LucideIcon;
  /** A single key that does it while the list has the focus ("E"). */
  shortcut?: string;
  /** What it does; not for one that has choices. */
  run?: () => void;
  /** What it can do: it opens a menu of these. */
  choices?: { key: string; label: string; run: () => void }[];
  disabled?: boolean;
}

interface BulkBarProps {
  /** How many are selected; nothing is drawn for none. */
  count: number;
  /** How many the list holds. */
  total: number;
  /** Selects all that the list holds; not offered where all of them are. */
  onAll?: () => void;
  actions: BulkAction[];
  onClear: () => void;
}

/** The bar at a list's foot: how many are selected, and what can be done with them. */
export function BulkBar({ count, total, onAll, actions, onClear }: BulkBarProps) {
  const { t, number } = useWords();
  if (count === 0) return null;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("lists.selection")}>
      <span className={classes.count} role="status">
        {t("lists.selected", { count, number: number(count) })}
      </span>
      {onAll ? (
        <Button variant="subtle" onClick={onAll}>
          {t("lists.selectFound", { number: number(total) })}
        </Button>
      ) : null}
      {actions.map((action) => (
        <Action key={action.key} action={action} />
      ))}
      <Button
        variant="subtle"
        color="gray"
        className={classes.clear}
        aria-keyshortcuts="Escape"
        leftSection={<X size={14} strokeWidth={1.6} aria-hidden="true" />}
        rightSection={<Kbd keys="Esc" />}
        onClick={onClear}
      >
        {t("lists.clear")}
      </Button>
    </div>
  );
}

function Action({ action: { label, icon: Icon, shortcut, run, choices, disabled } }: { action: BulkAction }) {
  const button = (
    <Button
      variant="subtle"
      color="gray"
      disabled={disabled}
      aria-keyshortcuts={shortcut}
      leftSection={<Icon size={14} strokeWidth={1.6} aria-hidden="true" />}
      rightSection={choices ? <ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" /> : shortcut ? <Kbd keys={shortcut} /> : undefined}
      onClick={run}
    >
      {label}
    </Button>
  );
  if (!choices) return button;
  return (
    <Menu position="top-start">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item key={choice.key} onClick={choice.run}>
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
