import { TriangleAlert } from "lucide-react";
import { intentText } from "@/bridge/intentText";
import type { Happened, Overview, WorkspaceInfo } from "@/bridge/types";
import { importHref } from "@/features/desks/paths";
import { exportHrefOf } from "@/features/exports/paths";
import { historyHref } from "@/features/history/paths";
import { reviewHref } from "@/features/review/paths";
import { usersHref } from "@/features/users/paths";
import { useWords } from "@/words";
import { Bars, Card } from "./Card";
import classes from "./Overview.module.css";

/** What was changed here and is not with the desk yet. */
export function PendingCard({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const { pending, changed, conflicts } = overview;
  return (
    <Card title={t("overview.pending")} link={{ href: reviewHref, text: t("overview.toReview") }}>
      {pending + conflicts === 0 ? (
        <p className={classes.quiet}>{t("overview.nothingPending")}</p>
      ) : (
        <Bars
          label={t("overview.pending")}
          bars={[
            { key: "pending", name: t("overview.changes"), value: pending, href: reviewHref, tone: "yours" },
            { key: "people", name: t("overview.changedPeople"), value: changed, href: usersHref({ changed: true }), tone: "yours" },
            {
              key: "conflicts",
              icon: conflicts > 0 ? <TriangleAlert size={15} strokeWidth={1.6} aria-hidden="true" className={classes.sign} data-severity="warning" /> : undefined,
              name: t("overview.conflicts"),
              value: conflicts,
              href: reviewHref,
              tone: "warning",
            },
          ]}
        />
      )}
    </Card>
  );
}

/** When the desk was read and written last, and how old its tickets are. */
export function DeskCard({ overview, info }: { overview: Overview; info: WorkspaceInfo }) {
  const { t, number, ago, dateTime } = useWords();
  return (
    <Card title={info.desk_name} link={info.can_import ? { href: importHref, text: t("overview.readAgain") } : undefined}>
      <dl className={classes.facts}>
        <Last name={t("overview.lastImport")} of={overview.last_import} never={t("overview.neverImported")} />
        <Last name={t("overview.lastExport")} of={overview.last_export} never={t("overview.neverExported")} />
        <div>
          <dt>{t("app.screen.tickets")}</dt>
          <dd>
            {overview.as_of ? (
              <>
                {number(overview.tickets)}
                <span className={classes.note}>
                  {t("app.asOf", { when: ago(overview.as_of) })} (<time dateTime={overview.as_of}>{dateTime(overview.as_of)}</time>)
                </span>
              </>
            ) : (
              t("app.noTickets")
            )}
          </dd>
        </div>
      </dl>
    </Card>
  );
}

/** The last of its kind, as the history tells it; an export leads to what became of it. */
function Last({ name, of, never }: { name: string; of: Happened | null; never: string }) {
  const words = useWords();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {of ? (
          <>
            <a href={exportHrefOf(of.detail) ?? historyHref}>{words.dateTime(of.at)}</a>
            <span className={classes.note}>
              {intentText(words, of)}, {of.actor}
            </span>
          </>
        ) : (
          never
        )}
      </dd>
    </div>
  );
}
