import type { RecordDetail, Usage } from "@/bridge/types";
import { FormSection } from "@/kit/FormPanel";
import { recordHref, usageHref } from "./paths";
import type { RecordWords } from "./useRecordWords";
import classes from "./Records.module.css";

/** What refers to the record, each with a way to it; and the rights it gives or has on it. */
export function UsedBy({ detail, words }: { detail: RecordDetail; words: RecordWords }) {
  return (
    <>
      {detail.rights.length > 0 ? (
        <FormSection title={words.t("records.rights")} aside={words.number(detail.rights.length)}>
          <ul className={classes.uses}>
            {detail.rights.map((right) => (
              <li key={`${right.id} ${right.right} ${right.context}`}>
                <span className={classes.quiet}>{words.one(right.entity)}</span>{" "}
                <a href={recordHref(right.entity, right.id)} className={classes.link}>{right.name}</a>{" "}
                <span className={classes.right}>{words.tOr(`records.level.${right.right}`, right.right)}</span>
                {right.context === "other" ? <span className={classes.quiet}>{words.t("records.otherContext")}</span> : null}
              </li>
            ))}
          </ul>
        </FormSection>
      ) : null}
      <FormSection title={words.t("records.usedBy")}>
        {detail.used_by.length === 0 ? <p className={classes.nobody}>{words.t("records.unused")}</p> : null}
        <ul className={classes.uses}>
          {detail.used_by.map((usage) => (
            <UsageLine key={`${usage.entity} ${usage.field} ${String(usage.own)}`} usage={usage} id={detail.id} words={words} />
          ))}
        </ul>
      </FormSection>
    </>
  );
}

/** How many, of what kind, by which field; then the first names. */
export function UsageLine({ usage, id, words }: { usage: Usage; id: string; words: RecordWords }) {
  const all = usageHref(usage.entity, usage.field, id);
  const more = usage.total - usage.some.length;
  const count = `${words.number(usage.total)} ${usage.total === 1 ? words.one(usage.entity) : words.many(usage.entity)}`;
  return (
    <li>
      {all ? <a href={all} className={classes.link}>{count}</a> : <span>{count}</span>}{" "}
      <span className={classes.quiet}>{usage.own ? words.t("records.ownLinks") : words.field(usage.entity, usage.field)}</span>
      <div className={classes.names}>
        {usage.some.map((one) => (
          <a key={one.id} href={recordHref(usage.entity, one.id)} className={classes.link} title={one.note}>
            {one.name || one.key}
          </a>
        ))}
        {more > 0 ? <span className={classes.quiet}>{words.t("records.andMore", { figure: words.number(more), count: more })}</span> : null}
      </div>
    </li>
  );
}
