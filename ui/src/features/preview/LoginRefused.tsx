import { Button } from "@mantine/core";
import { LogIn } from "lucide-react";
import type { Preview, Viewer } from "@/bridge/types";
import { showDay } from "@/kit/days";
import { EmptyState } from "@/kit/EmptyState";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { factsText, refusalText, surenessOf } from "@/bridge/ruleText";
import { Refusal, useExpired } from "./EntryNotes";
import classes from "./Panels.module.css";

/** The portal's door, closed: the person may not log in, and why. */
export function LoginRefused({ preview, viewer, onAnyway }: { preview: Preview; viewer: Viewer; onAnyway: () => void }) {
  const words = useWords();
  const { t, language } = words;
  const expired = useExpired(viewer);
  const { rule, text, facts } = preview.login_reason;
  return (
    <EmptyState
      icon={LogIn}
      title={t("preview.mayNotLogIn", { name: preview.name || preview.login })}
      action={
        <Button variant="default" onClick={onAnyway}>
          {t("preview.lookAnyway")}
        </Button>
      }
    >
      <p className={classes.refusal}>
        <VerdictIcon verdict="blocked" /> {refusalText(words, rule, text)} <StandingBadge standing={surenessOf(preview.login_reason)} />
      </p>
      {facts.length > 0 ? <p className={classes.facts}>{factsText(words, facts)}</p> : null}
      {expired === null ? null : <p className={classes.facts}>{t("preview.expired", { day: showDay(expired, language) })}</p>}
      <Refusal preview={preview} />
    </EmptyState>
  );
}
