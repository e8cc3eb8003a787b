import { EyeOff } from "lucide-react";
import type { Preview } from "@/bridge/types";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import classes from "./PreviewPane.module.css";

/** Tickets that are in no list of the portal: because none shows them, or because that cannot be told. */
export type TicketGroup = "Hidden" | "Untold";

interface TicketGroupsProps {
  preview: Preview | null;
  shown: TicketGroup | null;
  onShow: (group: TicketGroup | null) => void;
}

/** What stands beside the portal's lists: how many, and a way to look at them with the reason. */
export function TicketGroups({ preview, shown, onShow }: TicketGroupsProps) {
  const { t, number } = useWords();
  const untold = preview?.unknown ?? 0;
  const groups: { group: TicketGroup; count: number }[] = [{ group: "Hidden", count: preview?.hidden ?? 0 }];
  if (untold > 0 || shown === "Untold") groups.push({ group: "Untold", count: untold });
  return groups.map(({ group, count }) => (
    <div key={group} className={classes.hidden} data-group={group} role="group" aria-label={t(`preview.group.${group}`)}>
      {group === "Untold" ? <VerdictIcon verdict="unknown" /> : <EyeOff size={14} strokeWidth={1.6} aria-hidden="true" />}
      <span>{t(`preview.group.${group}`)}</span>
      <span className={classes.count}>{preview ? number(count) : ""}</span>
      <button
        type="button"
        className={classes.link}
        aria-pressed={shown === group}
        disabled={!preview || (count === 0 && shown !== group)}
        onClick={() => onShow(shown === group ? null : group)}
      >
        {t(shown === group ? "preview.hideGhosts" : "preview.showGhosts")}
      </button>
    </div>
  ));
}
