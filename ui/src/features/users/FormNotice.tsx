import { Button } from "@mantine/core";
import { History, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { Segments } from "@/kit/Segments";
import type { Field } from "./draft";
import type { FormContext } from "./formContext";
import type { Stale } from "./useUserForm";
import classes from "./UserPanel.module.css";

/** What stands between a form and its saving: somebody else's save, or edits from before. */
export function FormNotice({ context }: { context: FormContext }) {
  const { t } = useDeskWords();
  const { edited } = context;
  if (edited.stale) return <StaleNotice key={edited.stale.fields.join(" ")} context={context} stale={edited.stale} />;
  if (edited.restored && edited.dirty.length > 0) {
    return (
      <Notice kind="mine" title={t("users.restoredTitle")} text={t("users.restoredText", { count: edited.dirty.length })}>
        <div className={classes.noticeActions}>
          <Button variant="default" onClick={edited.keepRestored}>
            {t("users.restoredKeep")}
          </Button>
          <Button variant="subtle" onClick={edited.discard}>
            {t("kit.discard")}
          </Button>
        </div>
      </Notice>
    );
  }
  return null;
}

/** The fields that somebody changed meanwhile, both values of each, and whose is to stay: mine where I edited it, theirs otherwise. */
function StaleNotice({ context, stale }: { context: FormContext; stale: Stale }) {
  const { t, d } = useDeskWords();
  const { edited, desk, text } = context;
  const [taken, setTaken] = useState<ReadonlySet<Field>>(() => new Set(stale.fields.filter((field) => !edited.dirty.includes(field))));
  const infos = stale.fields.flatMap((field) => desk.user.fields.find((info) => info.name === field) ?? []);
  const others = edited.dirty.filter((field) => !stale.fields.includes(field)).length;
  const take = (field: Field, theirs: boolean) =>
    setTaken((old) => {
      const next = new Set(old);
      if (theirs) next.add(field);
      else next.delete(field);
      return next;
    });
  const shown = (held: string) => (held === "" ? t("userform.empty") : held);
  return (
    <Notice kind="doubt" title={t("users.staleTitle")} text={t("userform.staleText")}>
      <ul className={classes.staleList}>
        {infos.map((info) => {
          const field = info.name as Field;
          const label = d(`field.${field}`);
          const theirs = shown(text(info, stale.theirs));
          const mine = shown(text(info, edited.form));
          return (
            <li key={field} className={classes.staleLine}>
              <p className={classes.staleField}>{label}</p>
              <Segments
                compact
                name={`stale-${field}`}
                label={t("userform.staleField", { field: label })}
                value={taken.has(field) ? "theirs" : "mine"}
                segments={[
                  { value: "theirs", label: t("userform.theirs"), hint: theirs },
                  { value: "mine", label: t("userform.mine"), hint: mine },
                ]}
                onChange={(which) => take(field, which === "theirs")}
              />
              <p className={classes.staleValues}>
                <span data-taken={taken.has(field) || undefined}>{t("userform.theirsIs", { value: theirs })}</span>
                <span data-taken={taken.has(field) ? undefined : true}>{t("userform.mineIs", { value: mine })}</span>
              </p>
            </li>
          );
        })}
      </ul>
      {others > 0 ? <p>{t("userform.staleRest", { count: others })}</p> : null}
      <div className={classes.noticeActions}>
        <Button variant="default" onClick={() => edited.settleStale(taken)}>
          {t("userform.staleApply")}
        </Button>
        <Button variant="subtle" onClick={edited.takeTheirs}>
          {t("users.staleTake")}
        </Button>
      </div>
    </Notice>
  );
}

function Notice({ kind, title, text, children }: { kind: "doubt" | "mine"; title: string; text: string; children: ReactNode }) {
  const Icon = kind === "doubt" ? TriangleAlert : History;
  return (
    <div className={classes.notice} data-kind={kind} role="status">
      <Icon size={14} strokeWidth={1.8} aria-hidden="true" className={classes.noticeIcon} />
      <div className={classes.noticeWords}>
        <p className={classes.noticeTitle}>{title}</p>
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}
