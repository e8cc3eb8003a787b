import { Button, Tooltip } from "@mantine/core";
import { Lock, LockOpen } from "lucide-react";
import { useDeskWords } from "@/bridge/deskWords";
import type { FormContext } from "./formContext";
import classes from "./UserPanel.module.css";

/** The status in which a person may sign in. */
const FREE = "valid";

/** The steps between statuses that the desk has, as buttons; the one that cannot be taken says from where it could. */
export function AccountFoot({ context }: { context: FormContext }) {
  const { d, status } = useDeskWords();
  const { desk, edited } = context;
  const now = edited.form.status;
  const why = (from: string, to: string) => d(`stepWhy.${from}-${to}`, { status: status(from) });
  const stuck = desk.steps.every(([from]) => from !== now) ? desk.steps[0] : undefined;
  return (
    <>
      {desk.steps.map(([from, to]) => {
        const possible = from === now;
        const Icon = to === FREE ? LockOpen : Lock;
        const button = (
          <Button
            variant="default"
            leftSection={<Icon size={13} strokeWidth={1.8} aria-hidden="true" />}
            data-disabled={possible ? undefined : true}
            aria-disabled={!possible}
            aria-description={possible ? undefined : why(from, to)}
            onClick={possible ? () => edited.change({ status: to }) : undefined}
          >
            {d(`step.${from}-${to}`)}
          </Button>
        );
        return possible ? (
          <span key={from}>{button}</span>
        ) : (
          <Tooltip key={from} label={why(from, to)} withinPortal>
            {button}
          </Tooltip>
        );
      })}
      {stuck ? <span className={classes.stuck}>{why(stuck[0], stuck[1])}</span> : null}
    </>
  );
}
