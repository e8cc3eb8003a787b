import { FormRow } from "@/kit/FormPanel";
import { PairsField, pairsOf } from "@/kit/PairsField";
import { TextField } from "@/kit/TextField";
import type { RowProps } from "./formContext";
import { useRow } from "./useRow";

/** The desk's custom fields: names and texts; as it is where it is something else. */
export function CustomRow({ context, row }: RowProps) {
  const { edited } = context;
  const shared = useRow(context, row);
  const held = edited.form.custom;
  const readable = pairsOf(held) !== null;
  return (
    <FormRow {...shared} group={readable}>
      {(ids) =>
        readable ? (
          <PairsField ids={ids} held={held} onChange={(custom) => edited.change({ custom })} />
        ) : (
          <TextField ids={ids} multiline mono value={held} onChange={(custom) => edited.change({ custom })} />
        )
      }
    </FormRow>
  );
}
