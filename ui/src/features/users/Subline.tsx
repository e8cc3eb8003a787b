import { CalendarClock } from "lucide-react";
import { useDeskWords } from "@/bridge/deskWords";
import type { UserDetail } from "@/bridge/types";
import { isDay, isOver, showDay } from "@/kit/days";
import classes from "./UserPanel.module.css";

/** What is to be known about the person before anything else: whether her access has ended, and how she stands in the desk. */
export function Subline({ base, expires }: { base: UserDetail; expires: string }) {
  const { t, language } = useDeskWords();
  const ends = isDay(expires);
  const over = isOver(expires);
  return (
    <>
      {ends ? (
        <span className={classes.ends} data-over={over || undefined}>
          <CalendarClock size={12} strokeWidth={1.8} aria-hidden="true" />
          {t(over ? "userform.expired" : "userform.expires", { date: showDay(expires, language) })}
        </span>
      ) : null}
      <Standing base={base} />
    </>
  );
}

function Standing({ base }: { base: UserDetail }) {
  const { t } = useDeskWords();
  if (base.id === "") return t("users.newSub");
  if (!base.in_desk) return t("users.notInDesk");
  const count = base.changed_fields.length;
  return count > 0 ? t("users.pendingSub", { count }) : t("users.inDesk");
}
