import { Checkbox, TextInput } from "@mantine/core";
import { Lock } from "lucide-react";
import { useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import type { GroupChoice } from "@/bridge/types";
import { FormSection } from "@/kit/FormPanel";
import { Segments } from "@/kit/Segments";
import { NO_RIGHT, ownKeysOn, rightOn, sameRight, withOwnKey, withRight } from "./draft";
import type { FormContext, RowProps } from "./formContext";
import { useRow } from "./useRow";
import classes from "./GroupRights.module.css";

const FILTER_FROM = 8;

/** The desk's usual permission keys; belonging to a group alone where it has none. */
const keysOf = ({ desk }: FormContext): readonly string[] => (desk.permissions.length > 0 ? desk.permissions : ["member"]);

/** Every group with the person's own right, and beside it what she has anyway. */
export function GroupRights({ context, row }: RowProps) {
  const { t, d, dHas } = useDeskWords();
  const [text, setText] = useState("");
  const [linkedOnly, setLinkedOnly] = useState(false);
  const { base, form, dirty } = context.edited;
  const { notes, label } = useRow(context, row);
  const keys = keysOf(context);
  const wanted = text.trim().toLocaleLowerCase();
  const has = (groups: typeof form.groups, id: string) => groups.some((right) => right.group === id && right.permissions.length > 0);
  const shown = base.groups.filter((group) => {
    const matches = group.name.toLocaleLowerCase().includes(wanted) || group.queues.some((queue) => queue.toLocaleLowerCase().includes(wanted));
    return matches && (!linkedOnly || has(form.groups, group.id) || has(base.form.groups, group.id) || group.always || group.through.length > 0);
  });
  const own = [...new Set([...base.form.groups, ...form.groups].flatMap((right) => ownKeysOn([right], right.group, keys)))].sort();
  const moved = (dirty.includes("account") || dirty.includes("further_accounts")) && base.groups.some((group) => group.through.length > 0);

  return (
    <FormSection title={label}>
      {dHas("hint.groups") ? <p className={classes.hint}>{d("hint.groups")}</p> : null}
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
      {moved ? <p className={classes.remark} data-warning>{t("users.throughSaved")}</p> : null}
      {notes.map((note) => (
        <p key={note.text} className={classes.remark} data-warning={note.warning || undefined}>
          {note.text}
        </p>
      ))}
      <ul className={classes.list} aria-label={label} id="field-groups" tabIndex={-1}>
        {shown.map((group) => (
          <GroupLine key={group.id} group={group} context={context} keys={keys} own={own} />
        ))}
      </ul>
      {base.groups.length === 0 ? <p className={classes.none}>{t("userform.noGroups")}</p> : shown.length === 0 ? <p className={classes.none}>{t("kit.nothingFound")}</p> : null}
    </FormSection>
  );
}

interface GroupLineProps {
  group: GroupChoice;
  context: FormContext;
  /** The desk's usual keys, weakest first. */
  keys: readonly string[];
  /** Keys of its own that somebody has given. */
  own: readonly string[];
}

function GroupLine({ group, context, keys, own }: GroupLineProps) {
  const { t, d } = useDeskWords();
  const { edited } = context;
  const { groups } = edited.form;
  const saved = edited.base.form.groups;
  const changed = !sameRight(groups, saved, group.id);
  const right = rightOn(groups, group.id, keys);
  const before = [rightOn(saved, group.id, keys), ...ownKeysOn(saved, group.id, keys)].filter((key, _, all) => key !== NO_RIGHT || all.length === 1);
  const set = (next: string) => edited.change({ groups: withRight(groups, group.id, next, keys) });
  const undo = () => {
    const back = saved.filter((each) => each.group === group.id);
    edited.change({ groups: [...groups.filter((each) => each.group !== group.id), ...back] });
  };
  return (
    <li className={classes.line} data-dirty={changed || undefined}>
      <div className={classes.words}>
        <p className={classes.name}>
          {group.name}
          {group.status === "valid" ? null : <span className={classes.doubt}>{t(`userform.status.${group.status}`)}</span>}
        </p>
        <Queues group={group} />
        <Inherited group={group} />
        {own.length > 0 ? (
          <div className={classes.own}>
            {own.map((key) => (
              <Checkbox
                key={key}
                label={key}
                aria-label={t("userform.ownKey", { key, group: group.name })}
                checked={ownKeysOn(groups, group.id, keys).includes(key)}
                onChange={(event) => edited.change({ groups: withOwnKey(groups, group.id, key, event.currentTarget.checked) })}
              />
            ))}
          </div>
        ) : null}
      </div>
      <div className={classes.right}>
        {keys.length === 1 ? (
          <Checkbox aria-label={t("userform.memberOf", { group: group.name })} checked={right !== NO_RIGHT} onChange={(event) => set(event.currentTarget.checked ? (keys[0] ?? NO_RIGHT) : NO_RIGHT)} />
        ) : (
          <Segments
            compact
            name={`right-${group.id}`}
            label={t("users.rightOn", { group: group.name })}
            value={right}
            segments={[NO_RIGHT, ...keys].map((value) => ({ value, label: d(`permission.${value}`), hint: d(`permissionHint.${value}`) }))}
            onChange={set}
          />
        )}
        {changed ? (
          <p className={classes.was}>
            {t("kit.was", { value: before.map((key) => d(`permission.${key}`)).join(", ") })}{" "}
            <button type="button" className={classes.undo} onClick={undo} aria-label={`${t("kit.undo")}: ${group.name}`}>
              {t("kit.undo")}
            </button>
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** The queues that a group opens; nothing on a desk whose groups have none. */
function Queues({ group }: { group: GroupChoice }) {
  return group.queues.length === 0 ? null : <p className={classes.queues}>{group.queues.join(", ")}</p>;
}

/** Rights that the person has without a link of her own. */
function Inherited({ group }: { group: GroupChoice }) {
  const { t } = useDeskWords();
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
