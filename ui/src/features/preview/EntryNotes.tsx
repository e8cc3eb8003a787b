import { Info } from "lucide-react";
import { useUser, useWorkspace } from "@/bridge/reads";
import type { Preview, Viewer } from "@/bridge/types";
import { surenessOf } from "@/bridge/ruleText";
import { isOver, showDay } from "@/kit/days";
import { StandingBadge } from "@/kit/StandingBadge";
import { useWords } from "@/words";
import classes from "./Panels.module.css";

/** The last day of access, where it is over; the form's own where one is being edited. */
export function useExpired(viewer: Viewer): string | null {
  const saved = useUser(viewer.draft === null ? viewer.id : null).data;
  const expires = (viewer.draft ?? saved?.form)?.expires ?? "";
  // Of an earlier state only what the desk would show is known; the day that is saved now says nothing of it.
  if (viewer.at) return null;
  return isOver(expires) ? expires : null;
}

/** What is to be known of how somebody enters who may: by an invitation, or after the last day, which no desk enforces. */
export function EntryNotes({ preview, viewer }: { preview: Preview; viewer: Viewer }) {
  const { t, has, language } = useWords();
  const expired = useExpired(viewer);
  const entry = `preview.entry.${preview.login_reason.rule}`;
  if (preview.may_log_in !== true) return null;
  return (
    <>
      {has(entry) ? (
        <p className={classes.entry}>
          <Info size={14} strokeWidth={1.6} aria-hidden="true" />
          <span>
            {t(entry)} <StandingBadge standing={surenessOf(preview.login_reason)} />
          </span>
        </p>
      ) : null}
      {expired === null ? null : (
        <p className={classes.entry} data-doubt>
          <Info size={14} strokeWidth={1.6} aria-hidden="true" />
          <span>{t("preview.expiredStillIn", { day: showDay(expired, language) })}</span>
        </p>
      )}
    </>
  );
}

/** What a person reads who is turned away, as far as it is known. */
export function Refusal({ preview }: { preview: Preview }) {
  const { t, has } = useWords();
  const desk = useWorkspace().data?.desk ?? "";
  const key = [`preview.reads.${preview.login_reason.rule}`, `preview.reads.${desk}`].find((one) => has(one));
  return (
    <div className={classes.reads}>
      <p className={classes.readsTitle}>
        {t("preview.readsTitle")} {key === undefined ? null : <StandingBadge standing="A" />}
      </p>
      <p>{key === undefined ? t("preview.readsUnknown") : t(key)}</p>
    </div>
  );
}
