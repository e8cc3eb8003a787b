import { Plus } from "lucide-react";
import type { NewTicket } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords, type Words } from "@/words";
import classes from "./Panels.module.css";

const PARTS = ["queues", "types", "responsible_groups", "responsible_agents", "priorities", "services", "apps"] as const;

interface NewTicketViewProps {
  choices: NewTicket | null;
  /** Whether an assumed rule decided whether she may create tickets at all. */
  assumed: boolean;
  desk: string;
}

/** What the person could choose for a new ticket by the rules of the desk; nothing can be sent from here. */
export function NewTicketView({ choices, assumed, desk }: NewTicketViewProps) {
  const words = useWords();
  const { t, tOr, number } = words;
  if (!choices) {
    return <EmptyState title={t("preview.unknownTitle")}>{t("preview.newUnknown")}</EmptyState>;
  }
  if (!choices.allowed || PARTS.every((part) => choices[part].length === 0)) {
    return (
      <EmptyState icon={Plus} title={t("preview.mayNotCreate")}>
        {tOr(`preview.mayNotCreateIn.${desk}`, t("preview.mayNotCreateText"))} <StandingBadge standing={assumed || choices.assumed_in.length > 0 ? "A" : ""} />
      </EmptyState>
    );
  }
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("preview.newTicket")}>
      {PARTS.filter((part) => choices[part].length > 0).map((part) => (
        <section key={part} className={classes.part}>
          <h3>
            {t(`preview.new.${part}`)} <span className={classes.facts}>{number(choices[part].length)}</span>{" "}
            <StandingBadge standing={assumed || choices.assumed_in.includes(part) ? "A" : ""} />
          </h3>
          <ul>
            {choices[part].map((choice) => (
              <li key={choice}>{choice}</li>
            ))}
          </ul>
          {part === "apps" ? <p className={classes.fixed}>{t("preview.newByButton")}</p> : null}
        </section>
      ))}
      {fixed(words, choices).map((line) => (
        <p key={line} className={classes.fixed}>
          <VerdictIcon verdict="passed" /> {line}
        </p>
      ))}
    </div>
  );
}

/** What nobody can choose. */
function fixed({ t }: Words, { state, priority, medium, to_group }: NewTicket): string[] {
  const lines: [boolean, string][] = [
    [state !== "", t("preview.newState", { state })],
    [priority !== "", t("preview.newPriority", { priority })],
    [medium !== "", t("preview.newMedium", { medium })],
    [to_group !== null, t(to_group ? "preview.newToGroup" : "preview.newToHotliner")],
  ];
  return lines.filter(([known]) => known).map(([, line]) => line);
}
