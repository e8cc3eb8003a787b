import { Button, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { useDumpScript } from "@/bridge/reads";
import { useWords } from "@/words";
import classes from "./ImportScreen.module.css";

/** What an admin runs on the desk's server to get the tables; it depends on the database. */
export function DumpScript({ desk, database }: { desk: string; database: string | null }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const [open, setOpen] = useState(false);
  const script = useDumpScript(desk, open ? database : null);
  return (
    <div className={classes.script}>
      <div className={classes.scriptHead}>
        <span>{t("desks.noSource")}</span>
        <Button variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "desks.hideScript" : "desks.showScript")}
        </Button>
      </div>
      {open && database === null ? <p className={classes.hint}>{t("desks.missingDatabase")}</p> : null}
      {open && script.error ? <p role="alert">{errorWords(script.error).title}</p> : null}
      {open && script.data ? (
        <>
          <p className={classes.hint}>{t("desks.scriptText")}</p>
          <pre className={classes.code} tabIndex={0} role="region" aria-label={t("desks.script")}>
            {script.data}
          </pre>
          <CopyButton value={script.data}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} leftSection={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}>
                {t(copied ? "desks.copied" : "desks.copy")}
              </Button>
            )}
          </CopyButton>
        </>
      ) : null}
    </div>
  );
}
