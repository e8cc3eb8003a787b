import { useMemo } from "react";
import { useDeskWords, type DeskWords } from "@/bridge/deskWords";
import { useWorkspace } from "@/bridge/reads";

/** Names of what tables hold, as the workspace's desk calls it. */
export interface TableWords extends DeskWords {
  /** All of a kind: "People". */
  kind: (entity: string) => string;
  /** A field of a kind. */
  field: (entity: string, field: string) => string;
  /** A value of a field as a form would say it. */
  value: (kind: string, value: string) => string;
}

const PERSON = "external_user";

/** The words for tables; a desk's own name comes before the common one. */
export function useTableWords(): TableWords {
  const words = useDeskWords();
  const desk = useWorkspace().data?.desk ?? "";
  return useMemo(() => {
    const own = (key: string, otherwise: string) => words.tOr(`records.${desk}.${key}`, words.tOr(`records.${key}`, otherwise));
    const fieldOf = (entity: string, field: string) =>
      entity === PERSON ? words.d(`field.${field}`) : own(`fieldOf.${entity}.${field}`, words.tOr(`records.field.${field}`, field));
    return {
      ...words,
      kind: (entity) => (entity === PERSON ? words.t("desks.list.people") : own(`entities.${entity}`, entity)),
      field: (entity, field) => (field === "desk_key" ? words.t("table.deskKey") : fieldOf(entity, field)),
      value: (kind, value) => {
        if (kind === "flag" && (value === "true" || value === "false")) return words.t(value === "true" ? "records.yes" : "records.no");
        return kind === "status" && words.dHas(`status.${value}`) ? words.status(value) : value;
      },
    };
  }, [words, desk]);
}
