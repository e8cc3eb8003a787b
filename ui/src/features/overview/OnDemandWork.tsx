import { Button } from "@mantine/core";
import type { OnDemand } from "@/bridge/overview";
import { useErrorWords } from "@/bridge/errorWords";
import { useWords } from "@/words";
import classes from "./Overview.module.css";

interface OnDemandWorkProps {
  work: OnDemand<unknown>;
  /** What the button does. */
  action: string;
  /** How far it is. */
  progress: (done: number) => string;
}

/** The button that begins long work, how far it is, and the way to stop it. */
export function OnDemandWork({ work, action, progress }: OnDemandWorkProps) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  if (work.done !== null) {
    return (
      <p className={classes.work}>
        <span role="status">{progress(work.done)}</span>
        <Button variant="default" onClick={work.stop}>
          {t("overview.stop")}
        </Button>
      </p>
    );
  }
  const failed = work.error ? errorWords(work.error) : null;
  return (
    <>
      {failed ? (
        <p role="alert" className={classes.failed}>
          <strong>{failed.title}</strong> {failed.text}
        </p>
      ) : null}
      {work.data === null ? (
        <p className={classes.work}>
          <Button variant="default" onClick={work.start}>
            {failed ? t("kit.retry") : action}
          </Button>
        </p>
      ) : null}
    </>
  );
}
