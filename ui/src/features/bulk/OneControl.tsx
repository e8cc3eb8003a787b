import type { FieldInfo } from "@/bridge/types";
import type { FieldIds } from "@/kit/FormPanel";
import { MultiPick } from "@/kit/MultiPick";
import type { Touch } from "./touched";
import type { RecordSearch } from "./useRecordSearch";

interface OneControlProps {
  ids: FieldIds;
  field: FieldInfo;
  /** What all have, or are to have; empty for none. */
  value: string;
  onTouch: (touch: Touch) => void;
  records: RecordSearch;
}

/** One other record, the same for everybody. */
export function OneControl({ ids, field, value, onTouch, records }: OneControlProps) {
  return (
    <MultiPick
      ids={ids}
      most={1}
      value={value === "" ? [] : [records.nameOf(field.entity, value)]}
      search={records.searchIn(field.entity)}
      onChange={(picked) => onTouch({ how: "set", value: picked[0]?.value ?? "" })}
    />
  );
}
