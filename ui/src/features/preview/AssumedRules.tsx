import { Modal } from "@mantine/core";
import { useState } from "react";
import { isSetting, ruleText } from "@/bridge/ruleText";
import type { AssumedRule } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { useWords } from "@/words";
import classes from "./AssumedRules.module.css";

/** How many rules that no documentation states decided something; opens them. */
export function AssumedButton({ rules }: { rules: AssumedRule[] }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={classes.button} aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {t("preview.assumed", { count: rules.length })}
      </button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("preview.assumed", { count: rules.length })}
        closeButtonProps={{ "aria-label": t("kit.close") }}
        transitionProps={{ duration: 0 }}
      >
        <p className={classes.text}>{t("preview.assumedText")}</p>
        <AssumedRules rules={rules} />
      </Modal>
    </>
  );
}

/** Each with what it says, and about what the documentation is silent. */
export function AssumedRules({ rules }: { rules: AssumedRule[] }) {
  const words = useWords();
  return (
    <ul className={classes.rules}>
      {rules.map((rule) => (
        <li key={rule.id}>
          <p>
            {ruleText(words, rule.id, rule.text)} <StandingBadge standing="A" />
          </p>
          <p className={classes.source}>{isSetting(rule.id) ? <a href="#/portal">{words.t("preview.assumedSettingHow")}</a> : words.t("preview.assumedSource", { source: rule.source })}</p>
        </li>
      ))}
    </ul>
  );
}
