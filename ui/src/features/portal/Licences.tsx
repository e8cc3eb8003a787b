import { TriangleAlert } from "lucide-react";
import { useLicences } from "@/bridge/reads";
import { useWords } from "@/words";
import classes from "./Portal.module.css";

/** How many licences the package has, how many are taken and free; nothing where the desk counts none. */
export function Licences() {
  const { t, number } = useWords();
  const licences = useLicences().data;
  if (!licences) return null;
  const { total, occupied, free } = licences;
  return (
    <div className={classes.licences}>
      <dl aria-label={t("portal.licences.title")}>
        {[
          ["total", total],
          ["taken", occupied],
          ["free", free],
        ].map(([name, count]) => (
          <div key={name}>
            <dt>{t(`portal.licences.${name}`)}</dt>
            <dd>{typeof count === "number" ? number(count) : "–"}</dd>
          </div>
        ))}
      </dl>
      {free === 0 ? (
        <p role="status" className={classes.full}>
          <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" /> {t("portal.licences.full")}
        </p>
      ) : null}
    </div>
  );
}
