import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@/words";
import { Kbd } from "./Kbd";
import classes from "./FormFoot.module.css";

interface FormFootProps {
  /** How many fields differ from what is saved. */
  dirty: number;
  /** Whether nothing of it is saved yet: it can be saved as it stands. */
  fresh?: boolean;
  /** Whether a save is under way. */
  saving?: boolean;
  /** Why it cannot be saved just now; shown instead of the count. */
  blocked?: string;
  onDiscard: () => void;
  onSave: () => void;
  /** Saves and leaves the form; its button then says so (`finish`). */
  onFinish?: () => void;
  /** Words of the button that saves and leaves. */
  finish?: string;
  /** A line above: what can be done with the record itself. */
  children?: ReactNode;
}

/** The foot of a form: how much is unsaved, Discard, Save, and where wanted Save and finish. */
export function FormFoot({ dirty, fresh = false, saving = false, blocked, onDiscard, onSave, onFinish, finish, children }: FormFootProps) {
  const { t } = useWords();
  const idle = (dirty === 0 && !fresh) || saving;
  const off = idle || blocked !== undefined;
  return (
    <footer className={classes.foot}>
      {children ? <div className={classes.above}>{children}</div> : null}
      <div className={classes.line}>
        <span className={classes.state} data-dirty={dirty > 0 || undefined} data-blocked={blocked ? true : undefined} aria-live="polite">
          {blocked ?? (dirty > 0 ? t("kit.unsavedFields", { count: dirty }) : t(fresh ? "kit.nothingEntered" : "kit.noChanges"))}
        </span>
        <Button variant="default" disabled={idle} onClick={onDiscard}>
          {t("kit.discard")}
        </Button>
        {onFinish ? (
          <Button
            variant="default"
            data-disabled={off || undefined}
            aria-disabled={off}
            aria-keyshortcuts="Control+Enter"
            title={t("kit.finishKeys")}
            onClick={idle ? undefined : onFinish}
          >
            {finish}
          </Button>
        ) : null}
        <Button
          data-disabled={off || undefined}
          aria-disabled={off}
          aria-keyshortcuts="Control+S"
          onClick={idle ? undefined : onSave}
          rightSection={
            <span className={classes.keys}>
              <Kbd keys="Ctrl S" onAccent />
            </span>
          }
        >
          {saving ? t("kit.saving") : t("kit.save")}
        </Button>
      </div>
    </footer>
  );
}
