import { TriangleAlert } from "lucide-react";
import { useDeskWords } from "@/bridge/deskWords";
import type { Overview } from "@/bridge/types";
import { portalHref } from "@/features/portal/paths";
import { usersHref } from "@/features/users/paths";
import { Bars, Card, Figure } from "./Card";
import classes from "./Overview.module.css";

/** Statuses are written as the desk writes them; a line of a list begins with a capital. */
const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** How many people have each of the desk's statuses. */
export function PeopleCard({ overview }: { overview: Overview }) {
  const { t, status } = useDeskWords();
  const { people } = overview;
  return (
    <Card title={t("overview.people")} link={{ href: usersHref(), text: t("overview.toUsers") }}>
      <Figure value={people} text={t("overview.peopleOf", { count: people })} />
      <Bars
        label={t("overview.people")}
        bars={overview.status.map((of) => ({
          key: of.value,
          name: capital(status(of.value)),
          value: of.count,
          href: usersHref({ status: of.value }),
          tone: of.value === "valid" ? "yours" : undefined,
        }))}
      />
    </Card>
  );
}

/** Licences, for a desk that counts them. */
export function LicencesCard({ overview }: { overview: Overview }) {
  const { t, status } = useDeskWords();
  if (!overview.licences) return null;
  const { total, occupied, free } = overview.licences;
  const waiting = overview.status.find((of) => of.value === "not-registered")?.count ?? 0;
  return (
    <Card title={t("overview.licences")} link={{ href: portalHref, text: t("overview.toPortal") }}>
      <Figure value={free} text={t("overview.freeOf", { total: String(total) })} />
      <Bars
        label={t("overview.licences")}
        bars={[
          { key: "total", name: t("portal.licences.total"), value: total },
          { key: "taken", name: t("portal.licences.taken"), value: occupied, href: usersHref({ status: "valid" }), tone: "yours" },
          { key: "free", name: t("portal.licences.free"), value: free },
        ]}
      />
      {occupied > total || waiting > free || free === 0 ? (
        <p className={classes.doubt}>
          <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" />
          <span>
            {occupied > total
              ? t("portal.licences.over", { count: occupied - total })
              : free === 0
                ? t("portal.licences.full")
                : t("overview.waiting", { count: waiting, status: capital(status("not-registered")) })}
          </span>
        </p>
      ) : null}
    </Card>
  );
}
