import { useDeskWords } from "@/bridge/deskWords";
import type { Leaver, OffboardPreview } from "@/bridge/types";
import { userHref } from "@/features/users/paths";
import classes from "./Bulk.module.css";

/** What happens to whom: how many change their status, and what each of the first loses. */
export function Leavers({ preview }: { preview: OffboardPreview }) {
  const { t, status, number } = useDeskWords();
  const { authored } = preview;
  const moved = preview.statuses.filter((step) => step.from !== step.to);
  return (
    <div className={classes.leavers} role="region" aria-label={t("bulk.leavers")} tabIndex={0}>
      {moved.map((step) => (
        <p key={`${step.from} ${step.to}`} className={classes.step}>
          {t("bulk.step", { count: step.people, people: number(step.people), from: status(step.from), to: status(step.to) })}
        </p>
      ))}
      {authored.objects > 0 ? (
        <p className={classes.step}>
          {t("bulk.authored", { count: authored.objects, number: number(authored.objects), names: authored.objects > authored.names.length ? `${authored.names.join(", ")} …` : authored.names.join(", ") })}
        </p>
      ) : null}
      <ul className={classes.leaverList}>
        {preview.leavers.map((leaver) => (
          <One key={leaver.id} leaver={leaver} />
        ))}
      </ul>
      {preview.edit.people > preview.leavers.length ? (
        <p className={classes.hint}>{t("bulk.moreLeavers", { number: number(preview.edit.people - preview.leavers.length) })}</p>
      ) : null}
    </div>
  );
}

function One({ leaver }: { leaver: Leaver }) {
  const { t, d, status } = useDeskWords();
  const removed = leaver.removed.map(([field, names]) => t("bulk.loses", { field: d(`field.${field}`), names: names.join(", ") }));
  const [before, after] = leaver.status;
  const stays = before === after ? [t("bulk.staysStatus", { status: status(after) })] : [];
  return (
    <li className={classes.leaver}>
      <a href={userHref(leaver.id)}>{leaver.name}</a>
      <span className={classes.leaverWords}>{[...stays, ...(removed.length > 0 ? removed : [t("bulk.losesNothing")])].join(" · ")}</span>
    </li>
  );
}
