import { Button } from "@mantine/core";
import type { Preview } from "@/bridge/types";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import classes from "./Panels.module.css";

/** Amber: what the portal shows cannot be told before these settings are known. */
export function UnknownPanel({ preview, onSettings }: { preview: Preview; onSettings: (() => void) | undefined }) {
  const { t, number } = useWords();
  return (
    <section className={classes.unknown} aria-label={t("preview.unknownTitle")}>
      <h3 className={classes.unknownTitle}>
        <VerdictIcon verdict="unknown" /> {t("preview.unknownTitle")}
      </h3>
      <p>{t("preview.unknownText", { count: preview.unknown_settings.length })}</p>
      <ul className={classes.settings}>
        {preview.unknown_settings.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      {preview.may_log_in === null ? <p className={classes.facts}>{t("preview.loginUnknown")}</p> : null}
      {preview.unknown > 0 ? <p className={classes.facts}>{t("preview.unknownTickets", { count: preview.unknown, figure: number(preview.unknown) })}</p> : null}
      {onSettings ? (
        <Button variant="default" onClick={onSettings} className={classes.toSettings}>
          {t("preview.toSettings")}
        </Button>
      ) : null}
    </section>
  );
}
