import { useDeskWords } from "@/bridge/deskWords";
import type { FieldInfo, UserDetail, UserForm } from "@/bridge/types";
import { showDay } from "@/kit/days";
import type { Field } from "./draft";
import { pairsOf } from "@/kit/PairsField";
import type { RecordNames } from "./useRecordNames";

/** What stands in a field, in words; empty for nothing. */
export function useFieldText(names: RecordNames, groups: UserDetail["groups"]): (field: FieldInfo, form: UserForm) => string {
  const { d, t, status, language } = useDeskWords();
  const group = (id: string) => groups.find((each) => each.id === id)?.name ?? id.slice(0, 8);
  const permission = (key: string) => d(`permission.${key}`);
  return (field, form) => {
    const value = form[field.name as Field];
    if (typeof value === "boolean") return t(value ? "userform.yes" : "userform.no");
    if (typeof value === "string") {
      if (value === "") return "";
      if (field.kind === "one") return names.nameOf(field.entity, value).label;
      if (field.kind === "status") return status(value);
      if (field.kind === "password") return d(`way.${value}`);
      if (field.kind === "date") return showDay(value, language);
      if (field.kind === "custom") return pairsOf(value)?.map(([name, text]) => `${name}: ${text}`).join(", ") ?? value;
      return value;
    }
    const parts = value.map((each) => {
      if (typeof each === "string") return names.nameOf(field.entity, each).label;
      if ("object" in each) return `${names.nameOf(field.entity, each.object).label} (${d(`level.${each.level}`)})`;
      return `${group(each.group)} (${each.permissions.map(permission).join(", ")})`;
    });
    return parts.join(", ");
  };
}
