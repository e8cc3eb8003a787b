import { Checkbox } from "@mantine/core";
import { FormRow } from "@/kit/FormPanel";
import type { Field } from "./draft";
import type { RowProps } from "./formContext";
import { useRow } from "./useRow";

/** Something that is on or off. */
export function FlagRow({ context, row }: RowProps) {
  const shared = useRow(context, row);
  return (
    <FormRow {...shared} check>
      {(ids) => (
        <Checkbox
          id={ids.id}
          aria-describedby={ids.describedBy}
          checked={context.edited.form[row.name as Field] === true}
          onChange={(event) => context.edited.change({ [row.name]: event.currentTarget.checked })}
        />
      )}
    </FormRow>
  );
}
