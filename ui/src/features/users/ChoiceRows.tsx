import { NativeSelect } from "@mantine/core";
import { useDeskWords } from "@/bridge/deskWords";
import { DayField } from "@/kit/DayField";
import { FormRow } from "@/kit/FormPanel";
import { Segments } from "@/kit/Segments";
import type { Field } from "./draft";
import type { RowProps } from "./formContext";
import { useRow } from "./useRow";
import classes from "./FormRows.module.css";

/** One of the words that the desk has for it. */
export function ChoiceRow({ context, row }: RowProps) {
  const { d, t } = useDeskWords();
  const shared = useRow(context, row);
  const words = row.fields[0]?.choices ?? [];
  return (
    <FormRow {...shared}>
      {(ids) => (
        <NativeSelect
          size="xs"
          id={ids.id}
          aria-describedby={ids.describedBy}
          value={String(context.edited.form[row.name as Field])}
          onChange={(event) => context.edited.change({ [row.name]: event.currentTarget.value })}
          data={[{ value: "", label: t("userform.empty") }, ...words.map((value) => ({ value, label: d(`${row.name}.${value}`) }))]}
        />
      )}
    </FormRow>
  );
}

/** The status: a choice where every step may be taken, a state where the desk has steps of its own (they stand at the foot). */
export function StatusRow({ context, row }: RowProps) {
  const { status } = useDeskWords();
  const shared = useRow(context, row);
  const { desk, edited } = context;
  const offered = desk.statuses.includes(edited.form.status) ? desk.statuses : [...desk.statuses, edited.form.status];
  if (desk.steps.length > 0) {
    return (
      <FormRow {...shared} group>
        {(ids) => (
          <p id={ids.id} tabIndex={-1} className={classes.state} data-status={edited.form.status} aria-labelledby={ids.labelId} aria-describedby={ids.describedBy}>
            {status(edited.form.status)}
          </p>
        )}
      </FormRow>
    );
  }
  return (
    <FormRow {...shared} group>
      {(ids) => (
        <Segments
          name="status"
          id={ids.id}
          labelledBy={ids.labelId}
          describedBy={ids.describedBy}
          value={edited.form.status}
          segments={offered.map((value) => ({ value, label: status(value) }))}
          onChange={(next) => edited.change({ status: next })}
        />
      )}
    </FormRow>
  );
}

/** A day. */
export function DateRow({ context, row }: RowProps) {
  const shared = useRow(context, row);
  return (
    <FormRow {...shared}>
      {(ids) => <DayField ids={ids} value={String(context.edited.form[row.name as Field])} onChange={(next) => context.edited.change({ [row.name]: next })} />}
    </FormRow>
  );
}
