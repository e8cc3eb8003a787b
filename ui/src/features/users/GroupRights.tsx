import { Checkbox, TextInput } from "@mantine/core";
import { Lock } from "lucide-react";
import { useState } from "react";
import type { GroupChoice } from "@/bridge/types";
import { FormSection } from "@/kit/FormPanel";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import { type Right, otherPermissions, rightOn, withRight } from "./draft";
import { useRow } from "./useRow";
import type { EditedUser } from "./useUserForm";
import classes from "./GroupRights.module.css";

const FILTER_FROM = 8;

/** Every group with the person's own right, and beside it what she has anyway. */
export function GroupRights({ edited }: { edited: EditedUser }) {
  const words = useWords();
  const { t } = words;
  const [text, setText] = useState("");
  const [linkedOnly, setLinkedOnly] = useState(false);
  const { base, form } = edited;
  const row = useRow(edited, "groups");
  const wanted = text.trim().toLocaleLowerCase();
  const shown = base.groups.filter((group) => {
    const matches = group.name.toLocaleLowerCase().includes(wanted) || group.queues.some((queue) => queue.toLocaleLowerCase().includes(wanted));
    const linked = rightOn(form.groups, group.id) !== "none" || rightOn(base.form.groups, group.id) !== "none" || group.always || group.through.length > 0;
    return matches && (linked || !linkedOnly);
  });
  const accountsMoved = edited.dirty.includes("account") || edited.dirty.includes("further_accounts");

  return (
    <FormSection title={t("users.field.groups")} aside={t("users.groupsKey")}>
      {base.groups.length > FILTER_FROM ? (
        <div className={classes.filter}>
          <TextInput
            aria-label={t("users.groupsFilter")}
            placeholder={t("users.groupsFilter")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            className={classes.filterInput}
          />
          <Checkbox label={t("users.groupsLinked")} checked={linkedOnly} onChange={(event) => setLinkedOnly(event.currentTarget.checked)} />
        </div>
      ) : null}
      {accountsMoved ? <p className={classes.remark} data-warning>{t("users.throughSaved")}</p> : null}
      {row.notes.map((note) => (
        <p key={note.text} className={classes.remark} data-warning={note.warning || undefined}>
          {note.text}
        </p>
      ))}
      <ul className={classes.list} aria-label={t("users.field.groups")} id="field-groups" tabIndex={-1}>
        {shown.map((group) => (
          <GroupLine key={group.id} group={group} edited={edited} />
        ))}
      </ul>
      {shown.length === 0 ? <p className={classes.remark}>{t("kit.nothingFound")}</p> : null}
    </FormSection>
  );
}

function GroupLine({ group, edited }: { group: GroupChoice; edited: EditedUser }) {
  const { t } = useWords();
  const right = rightOn(edited.form.groups, group.id);
  const before = rightOn(edited.base.form.groups, group.id);
  const extra = otherPermissions(edited.form.groups, group.id);
  const rights: Right[] = ["none", "ro", "rw"];
  const set = (next: Right) => edited.set("groups", withRight(edited.form.groups, group.id, next));
  return (
    <li className={classes.line} data-dirty={right !== before || undefined}>
      <div className={classes.words}>
        <p className={classes.name}>
          {group.name}
          {group.status === "valid" ? null : <span className={classes.doubt}>{t(`users.validity.${group.status}`)}</span>}
        </p>
        <p className={classes.queues}>{group.queues.length === 0 ? t("users.noQueues") : group.queues.join(", ")}</p>
        <Inherited group={group} />
        {extra.length > 0 ? <p className={classes.queues}>{t("users.otherKeys", { keys: extra.join(", ") })}</p> : null}
      </div>
      <div className={classes.right}>
        <Segments
          compact
          name={`right-${group.id}`}
          label={t("users.rightOn", { group: group.name })}
          value={right}
          segments={rights.map((value) => ({ value, label: t(`users.right.${value}`), hint: t(`users.rightHint.${value}`) }))}
          onChange={set}
        />
        {right === before ? null : (
          <p className={classes.was}>
            {t("kit.was", { value: t(`users.right.${before}`) })}{" "}
            <button type="button" className={classes.undo} onClick={() => set(before)} aria-label={`${t("kit.undo")}: ${group.name}`}>
              {t("kit.undo")}
            </button>
          </p>
        )}
      </div>
    </li>
  );
}

/** Rights that the person has without a link of her own. */
function Inherited({ group }: { group: GroupChoice }) {
  const { t } = useWords();
  if (!group.always && group.through.length === 0) return null;
  return (
    <p className={classes.inherited}>
      <Lock size={11} strokeWidth={1.8} aria-hidden="true" className={classes.lock} />
      <span>
        {[
          ...(group.always ? [t("users.always")] : []),
          ...group.through.map(([permission, account]) => t("users.through", { permission, account })),
        ].join(" · ")}
      </span>
    </p>
  );
}
