import { useDeskWords } from "@/bridge/deskWords";
import type { FieldInfo, Spread } from "@/bridge/types";
import type { FieldIds } from "@/kit/FormPanel";
import { PairsField } from "@/kit/PairsField";
import { Segments } from "@/kit/Segments";
import type { How, Touch } from "./touched";
import classes from "./Bulk.module.css";

interface CustomControlProps {
  ids: FieldIds;
  field: FieldInfo;
  spread: Spread | undefined;
  touch: Touch | undefined;
  onTouch: (touch: Touch) => void;
  onLet: () => void;
}

const ways: How[] = ["add", "remove"];

/** Custom fields by name: set in everybody, or taken away; those that nobody names stay as they are. */
export function CustomControl({ ids, field, spread, touch, onTouch, onLet }: CustomControlProps) {
  const { t } = useDeskWords();
  const how = touch?.how === "remove" ? "remove" : "add";
  const held = typeof touch?.value === "string" ? touch.value : "";
  const known = [...new Set((spread?.values ?? []).map((one) => one.value))];
  const put = (value: string, way: How) => (value === "" && way === "add" ? onLet() : onTouch({ how: way, value }));
  return (
    <div className={classes.listControl}>
      <Segments
        name={`bulk-how-${field.name}`}
        labelledBy={ids.labelId}
        describedBy={ids.describedBy}
        value={how}
        segments={ways.map((way) => ({ value: way, label: t(`bulk.howCustom.${way}`), hint: t(`bulk.howCustomHint.${way}`) }))}
        onChange={(way) => put(held, way)}
      />
      <PairsField ids={ids} held={held} namesOnly={how === "remove"} known={known} none="" onChange={(value) => put(value, how)} />
    </div>
  );
}
