import { ActionIcon } from "@mantine/core";
import { X } from "lucide-react";
import { useDeskWords } from "@/bridge/deskWords";
import type { FieldInfo, FieldValue, GroupRight, ObjectRight, Spread } from "@/bridge/types";
import type { FieldIds } from "@/kit/FormPanel";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { Segments } from "@/kit/Segments";
import { type How, type Touch, asks } from "./touched";
import type { RecordSearch } from "./useRecordSearch";
import classes from "./Bulk.module.css";

interface ListControlProps {
  ids: FieldIds;
  field: FieldInfo;
  spread: Spread | undefined;
  touch: Touch | undefined;
  onTouch: (touch: Touch) => void;
  onLet: () => void;
  records: RecordSearch;
  /** Permissions or levels, weakest first; empty where an entry has none. */
  rights: string[];
}

/** An entry with its right; empty for whatever right there is, and where there are none. */
interface Entry {
  id: string;
  right: string;
}

/** A right can be changed into another one where there are several to choose from. */
const waysOf = (rights: string[]): How[] => (rights.length > 1 ? ["add", "change", "remove", "set"] : ["add", "remove", "set"]);

function entriesOf(value: FieldValue | undefined): Entry[] {
  if (!Array.isArray(value)) return [];
  return (value as (string | GroupRight | ObjectRight)[]).map((one) => {
    if (typeof one === "string") return { id: one, right: "" };
    return "group" in one ? { id: one.group, right: one.permissions[0] ?? "" } : { id: one.object, right: one.level };
  });
}

function valueOf(kind: string, entries: Entry[]): FieldValue {
  if (kind === "rights") return entries.map(({ id, right }) => ({ group: id, permissions: right === "" ? [] : [right] }));
  if (kind === "levels") return entries.map(({ id, right }) => ({ object: id, level: right }));
  return entries.map(({ id }) => id);
}

/** What is added to a list, removed from it, or takes its place. */
export function ListControl({ ids, field, spread, touch, onTouch, onLet, records, rights }: ListControlProps) {
  const { t } = useDeskWords();
  const how = touch?.how ?? "add";
  const entries = entriesOf(touch?.value);
  const withRights = field.kind !== "many";
  const first = how === "remove" ? "" : (rights.at(0) ?? "");
  const put = (next: Entry[], way: How = how) => {
    const wanted: Touch = { how: way, value: valueOf(field.kind, next) };
    if (asks(wanted) || way !== "add") onTouch(wanted);
    else onLet();
  };
  const turn = (way: How) => put(entries.map(({ id, right }) => ({ id, right: way === "remove" ? "" : right || (rights.at(0) ?? "") })), way);
  const pick = (choices: Choice[]) => put(choices.map(({ value }) => entries.find((one) => one.id === value) ?? { id: value, right: first }));
  const named = entries.map(({ id }) => records.nameOf(field.entity, id));
  const search = how === "remove" || how === "change" ? searchHeld(spread, records, field.entity) : records.searchIn(field.entity);

  return (
    <div className={classes.listControl}>
      <Segments
        name={`bulk-how-${field.name}`}
        labelledBy={ids.labelId}
        describedBy={ids.describedBy}
        value={how}
        segments={waysOf(rights).map((way) => ({ value: way, label: t(`bulk.how.${way}`), hint: t(`bulk.howHint.${way}`) }))}
        onChange={turn}
      />
      {withRights && entries.length > 0 ? (
        <ul className={classes.entries} aria-labelledby={ids.labelId}>
          {entries.map((entry, at) => (
            <li key={entry.id} className={classes.entry}>
              <span className={classes.entryName}>{named[at]?.label}</span>
              <RightPick
                name={`bulk-${field.name}-${entry.id}`}
                of={named[at]?.label ?? ""}
                kind={field.kind}
                value={entry.right}
                rights={how === "remove" ? ["", ...rights] : rights}
                onChange={(right) => put(entries.map((one) => (one.id === entry.id ? { ...one, right } : one)))}
              />
              <ActionIcon size={22} aria-label={t("kit.remove", { name: named[at]?.label ?? "" })} onClick={() => put(entries.filter((one) => one.id !== entry.id))}>
                <X size={13} strokeWidth={1.8} aria-hidden="true" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      ) : null}
      {withRights ? (
        <MultiPick ids={ids} value={[]} without={named} search={search} onChange={(picked) => pick([...named, ...picked])} />
      ) : (
        <MultiPick ids={ids} value={named} search={search} onChange={pick} />
      )}
    </div>
  );
}

interface RightPickProps {
  name: string;
  /** What the right is on. */
  of: string;
  kind: string;
  value: string;
  rights: string[];
  onChange: (right: string) => void;
}

/** Which right; nothing to choose where there is only one. */
function RightPick({ name, of, kind, value, rights, onChange }: RightPickProps) {
  const { t, d } = useDeskWords();
  if (rights.length < 2) return null;
  const word = (right: string) => (right === "" ? t("bulk.anyRight") : d(`${kind === "levels" ? "level" : "permission"}.${right}`));
  return (
    <Segments
      compact
      name={name}
      label={t("bulk.rightOn", { name: of })}
      value={value}
      segments={rights.map((right) => ({ value: right, label: word(right) }))}
      onChange={onChange}
    />
  );
}

/** What some of the people have comes first: only that can be taken away or changed. */
function searchHeld(spread: Spread | undefined, records: RecordSearch, entity: string): (text: string) => Promise<Choice[]> {
  return async (text) => {
    const fold = text.trim().toLocaleLowerCase();
    const held = [...new Set((spread?.values ?? []).map((one) => one.value))].map((id) => records.nameOf(entity, id));
    const fits = held.filter((choice) => choice.label.toLocaleLowerCase().includes(fold));
    return fits.length > 0 || fold === "" ? fits : records.searchIn(entity)(text);
  };
}
