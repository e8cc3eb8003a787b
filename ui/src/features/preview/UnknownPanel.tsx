import { Button } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import type { Preview } from "@/bridge/types";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { settingTitle, untoldText } from "@/bridge/ruleText";
import { useWords } from "@/words";
import classes from "./Panels.module.css";

interface UnknownPanelProps {
  preview: Preview;
  onSettings: (() => void) | undefined;
  /** Whether it begins as its title alone: a ticket's page needs the room, and says itself what cannot be told. */
  folded: boolean;
}

/** Amber: what the portal shows cannot be told before this is known. */
export function UnknownPanel({ preview, onSettings, folded }: UnknownPanelProps) {
  const words = useWords();
  const { t, number } = words;
  return (
    <section className={classes.unknown} aria-label={t("preview.unknownTitle")}>
      <details open={!folded}>
        <summary>
          <h3 className={classes.unknownTitle}>
            <VerdictIcon verdict="unknown" /> {t("preview.unknownTitle")}
          </h3>
          <ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" />
        </summary>
        <Causes preview={preview} />
        {preview.may_log_in === null ? <p className={classes.facts}>{t("preview.loginUnknown")}</p> : null}
        {preview.unknown > 0 ? <p className={classes.facts}>{t("preview.unknownTickets", { count: preview.unknown, figure: number(preview.unknown) })}</p> : null}
        {onSettings ? (
          <Button variant="default" onClick={onSettings} className={classes.toSettings}>
            {t("preview.toSettings")}
          </Button>
        ) : null}
      </details>
    </section>
  );
}

/** Why it cannot be told: settings that nobody has given, and what is not known under those that are. */
export function Causes({ preview }: { preview: Preview }) {
  const words = useWords();
  const { t } = words;
  const known = preview.untold.filter((one) => one.why !== "");
  return (
    <>
      {preview.unknown_settings.length > 0 ? (
        <>
          <p>{t("preview.unknownText", { count: preview.unknown_settings.length })}</p>
          <ul className={classes.settings}>
            {preview.unknown_settings.map((name) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {known.map((one) => (
        <div key={`${one.setting} ${one.why}`} className={classes.cause}>
          <p>{untoldText(words, one)}</p>
          {one.setting === "" ? null : (
            <p className={classes.facts}>
              {t("preview.decidedUnder", { title: settingTitle(words, one.setting) })} <code>{one.setting}</code>
            </p>
          )}
        </div>
      ))}
    </>
  );
}
