import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { useFindingsOfUser } from "@/bridge/findings";
import type { FindingRow, UserDetail } from "@/bridge/types";
import { findingsHref } from "@/features/findings/paths";
import { StandingBadge } from "@/kit/StandingBadge";
import classes from "./UserPanel.module.css";

interface PersonFindingsProps {
  base: UserDetail;
  /** Leads to a field of the form. */
  onField: (field: string) => void;
}

/** What about the person, as she is saved, is probably not meant; a line, and on demand all of it with the ways on. */
export function PersonFindings({ base, onField }: PersonFindingsProps) {
  const { t } = useDeskWords();
  const [open, setOpen] = useState(false);
  const rows = useFindingsOfUser(base.id === "" ? null : base.id).data ?? [];
  const [first] = rows;
  if (first === undefined) return null;
  const alone = rows.length === 1;
  const quiet = rows.every((row) => row.severity === "note");
  return (
    <section className={classes.findings} data-quiet={quiet || undefined} aria-label={t("userform.findings")}>
      <button type="button" className={classes.findingsLine} aria-expanded={open} onClick={() => setOpen(!open)}>
        <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" className={classes.findingsIcon} />
        <span className={classes.findingsText}>{alone ? <Kind row={first} /> : t("userform.findingsCount", { count: rows.length })}</span>
        <span className={classes.findingsMore}>{t(open ? "userform.findingsHide" : "userform.findingsShow")}</span>
      </button>
      {open ? (
        <ul className={classes.findingsList}>
          {rows.map((row) => (
            <One key={row.key} row={row} told={alone} onField={onField} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Kind({ row }: { row: FindingRow }) {
  const { tOr } = useDeskWords();
  return <>{tOr(`findings.check.${row.check}`, row.text)}</>;
}

function One({ row, told, onField }: { row: FindingRow; told: boolean; onField: (field: string) => void }) {
  const { t, d } = useDeskWords();
  const { field } = row.fix;
  return (
    <li>
      <p>
        {told ? null : <Kind row={row} />} {row.note === "" ? null : <span className={classes.findingsNote}>{row.note}</span>} <StandingBadge standing={row.standing === "A" ? "A" : ""} />
      </p>
      <p className={classes.noticeActions}>
        {field === "" ? null : (
          <Button variant="default" onClick={() => onField(field)}>
            {t("userform.findingField", { field: d(`field.${field}`) })}
          </Button>
        )}
        <Button variant="subtle" component="a" href={findingsHref(row.kind)}>
          {t("userform.findingOthers")}
        </Button>
      </p>
    </li>
  );
}
