import { Button } from "@mantine/core";
import { History, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "@/words";
import type { EditedUser } from "./useUserForm";
import classes from "./UserPanel.module.css";

/** What stands between a form and its saving: somebody else's save, or edits from before. */
export function FormNotice({ edited }: { edited: EditedUser }) {
  const { t } = useWords();
  if (edited.stale) {
    return (
      <Notice kind="doubt" title={t("users.staleTitle")} text={t("users.staleText")}>
        <Button variant="default" onClick={edited.keepMine}>
          {t("users.staleKeep")}
        </Button>
        <Button variant="subtle" onClick={edited.takeTheirs}>
          {t("users.staleTake")}
        </Button>
      </Notice>
    );
  }
  if (edited.restored && edited.dirty.length > 0) {
    return (
      <Notice kind="mine" title={t("users.restoredTitle")} text={t("users.restoredText", { count: edited.dirty.length })}>
        <Button variant="default" onClick={edited.keepRestored}>
          {t("users.restoredKeep")}
        </Button>
        <Button variant="subtle" onClick={edited.discard}>
          {t("kit.discard")}
        </Button>
      </Notice>
    );
  }
  return null;
}

function Notice({ kind, title, text, children }: { kind: "doubt" | "mine"; title: string; text: string; children: ReactNode }) {
  const Icon = kind === "doubt" ? TriangleAlert : History;
  return (
    <div className={classes.notice} data-kind={kind} role="status">
      <Icon size={14} strokeWidth={1.8} aria-hidden="true" className={classes.noticeIcon} />
      <div className={classes.noticeWords}>
        <p className={classes.noticeTitle}>{title}</p>
        <p>{text}</p>
        <div className={classes.noticeActions}>{children}</div>
      </div>
    </div>
  );
}
