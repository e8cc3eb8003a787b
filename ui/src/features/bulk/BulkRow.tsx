import { Button } from "@mantine/core";
import { useDeskWords, type DeskWords } from "@/bridge/deskWords";
import type { FieldInfo, Spread } from "@/bridge/types";
import { DayField } from "@/kit/DayField";
import { FormRow } from "@/kit/FormPanel";
import { Segments } from "@/kit/Segments";
import { TextField } from "@/kit/TextField";
import { CustomControl } from "./CustomControl";
import { ListControl } from "./ListControl";
import { OneControl } from "./OneControl";
import { type Touch, asks, isList } from "./touched";
import type { RecordSearch } from "./useRecordSearch";
import classes from "./Bulk.module.css";

/** Choices of few words, side by side, with one that leaves the field as it is. */
const AS_IS = "";
const MOST_NAMED = 4;

export interface BulkRowProps {
  field: FieldInfo;
  /** What the people have there now. */
  spread: Spread | undefined;
  /** What is to become of it; nothing while untouched. */
  touch: Touch | undefined;
  onTouch: (touch: Touch) => void;
  /** Back to untouched. */
  onLet: () => void;
  records: RecordSearch;
  /** Words to choose from: statuses, ways of a password, words of a choice. */
  choices: string[];
  /** Permissions or levels, weakest first. */
  rights: string[];
}

/** A value as people read it. */
function valueText(words: DeskWords, field: FieldInfo, value: string, label: string): string {
  if (value === "") return words.t("bulk.empty");
  if (field.kind === "flag") return words.t(value === "true" ? "bulk.on" : "bulk.off");
  if (field.kind === "status") return words.status(value);
  if (field.kind === "password") return words.d(`way.${value}`);
  return label;
}

/** What the people have in a field, in a line: one value, or how many and the commonest. */
export function spreadText(words: DeskWords, field: FieldInfo, spread: Spread | undefined): string {
  const { t, number } = words;
  if (!spread) return "";
  // Values of one person each say nothing; a few of them are told all the same.
  const telling = spread.values.filter((one) => one.people > 1 || spread.values.length <= MOST_NAMED);
  const named = telling.slice(0, MOST_NAMED).map(({ value, right, label, people }) => {
    const text = valueText(words, field, value, label);
    return t("bulk.valueOf", { value: right === "" ? text : `${text} ${right}`, people: number(people) });
  });
  const more = named.length > 0 && spread.values.length > named.length ? [...named, "…"] : [...named];
  if (isList(field) || field.kind === "custom") return more.length > 0 ? more.join(", ") : t("bulk.nobodyHas");
  if (spread.different <= 1) return "";
  // Values are what is there: where one is missing, some have nothing.
  if (named.length > 0 && named.length === spread.different - 1) more.push(t("bulk.empty"));
  if (more.length === 0) return t("bulk.differentOnly", { count: spread.different, number: number(spread.different) });
  return t("bulk.different", { count: spread.different, number: number(spread.different), values: more.join(", ") });
}

/** A row of the editor: untouched until somebody sets it, then marked, with the way back. */
export function BulkRow(props: BulkRowProps) {
  const { field, spread, touch, onTouch, onLet } = props;
  const words = useDeskWords();
  const { t, d } = words;
  const touched = touch !== undefined && asks(touch);
  const mixed = (spread?.different ?? 0) > 1;
  const text = spreadText(words, field, spread);
  const canEmpty = !touched && !field.required && ["text", "code", "email", "long", "date", "one"].includes(field.kind) && mixed;
  const grouped = isList(field) || ["flag", "status", "choice", "password", "custom"].includes(field.kind);
  return (
    <FormRow
      name={field.name}
      label={d(`field.${field.name}`)}
      group={grouped}
      dirty={touched}
      was={text === "" ? t("bulk.touched") : t("bulk.was", { value: text })}
      onUndo={onLet}
      hint={
        touched || (text === "" && !canEmpty) ? undefined : (
          <span className={classes.spread}>
            <span>{text}</span>
            {canEmpty ? (
              <button type="button" className={classes.link} onClick={() => onTouch({ how: "set", value: "" })}>
                {t("bulk.emptyAll")}
              </button>
            ) : null}
          </span>
        )
      }
    >
      {(ids) => <Control {...props} ids={ids} words={words} />}
    </FormRow>
  );
}

type ControlProps = BulkRowProps & { ids: Parameters<Parameters<typeof FormRow>[0]["children"]>[0]; words: DeskWords };

function Control({ ids, words, field, spread, touch, onTouch, onLet, records, choices, rights }: ControlProps) {
  const { t } = words;
  const common = touch ? touch.value : (spread?.common ?? null);
  if (isList(field)) return <ListControl ids={ids} field={field} spread={spread} touch={touch} onTouch={onTouch} onLet={onLet} records={records} rights={rights} />;
  if (field.kind === "custom") return <CustomControl ids={ids} field={field} spread={spread} touch={touch} onTouch={onTouch} onLet={onLet} />;
  if (field.kind === "one") return <OneControl ids={ids} field={field} value={typeof common === "string" ? common : ""} onTouch={onTouch} records={records} />;
  if (field.kind === "flag" || choices.length > 0) {
    const values = field.kind === "flag" ? ["true", "false"] : choices;
    const value = touch ? String(touch.value) : AS_IS;
    const take = (next: string) => (next === AS_IS ? onLet() : onTouch({ how: "set", value: field.kind === "flag" ? next === "true" : next }));
    return (
      <div className={classes.choices}>
        <Segments
          name={`bulk-${field.name}`}
          labelledBy={ids.labelId}
          describedBy={ids.describedBy}
          value={value}
          segments={[{ value: AS_IS, label: t("bulk.asIs") }, ...values.map((each) => ({ value: each, label: valueText(words, field, each, each) }))]}
          onChange={take}
        />
      </div>
    );
  }
  if (field.kind === "date") return <DayField says ids={ids} value={typeof common === "string" ? common : ""} onChange={(value) => onTouch({ how: "set", value })} />;
  return (
    <TextField
      ids={ids}
      value={typeof common === "string" ? common : ""}
      mono={field.kind === "code"}
      multiline={field.kind === "long"}
      onChange={(value) => onTouch({ how: "set", value })}
    />
  );
}

/** The foot's way back for all of it. */
export function UntouchAll({ count, onClick }: { count: number; onClick: () => void }) {
  const { t } = useDeskWords();
  return (
    <Button variant="default" disabled={count === 0} onClick={onClick}>
      {t("kit.discard")}
    </Button>
  );
}
