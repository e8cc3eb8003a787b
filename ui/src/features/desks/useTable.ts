import { useState } from "react";
import type { ApiError } from "@/bridge/error";
import { asApiError } from "@/bridge/error";
import { useDeskForm } from "@/bridge/reads";
import { emptyMapping, useTableLook } from "@/bridge/tables";
import type { FieldInfo, TableLook, TableMapping } from "@/bridge/types";
import { type Choices, chosen, type Column, columnsOf, halfOf, keyOf, lackingOf, mappingOf } from "./tableMapping";

/** A table that is to be imported, and what its columns are taken for. */
export interface Table {
  /** What is known of the file; null while it is not known. */
  look: TableLook | null;
  error: ApiError | null;
  retry: () => void;
  /** Whether an answer to the last choice is still to come. */
  waiting: boolean;
  /** The name of its kind of record everywhere else. */
  entity: string;
  columns: Column[];
  /** Its first rows, as they would be read with what is chosen now. */
  first: TableLook["first"];
  /** What the import is told. */
  mapping: TableMapping;
  /** The field by which rows find their records. */
  key: string | null;
  half: { there: string; missing: string } | null;
  /** Fields without which nothing is read, and that no column gives. */
  lacking: string[];
  /** Fields that the desk's form wants and no column gives. */
  wanted: string[];
  fieldInfo: (field: string) => FieldInfo | undefined;
  /** Whether what the columns were the last time is left out. */
  forgets: boolean;
  /** Whether somebody chose something since. */
  touched: boolean;
  /** Whether it can be rehearsed. */
  ready: boolean;
  separator: string;
  setKind: (kind: string) => void;
  setSheet: (sheet: string) => void;
  setCells: (cells: string) => void;
  setSeparator: (separator: string) => void;
  choose: (heading: string, field: string) => void;
  /** Takes all choices back, and begins with guesses alone or with what was remembered. */
  restart: (forget: boolean) => void;
}

/** What is chosen of one file. */
interface Asked {
  path: string;
  kind: string;
  sheet: string | null;
  cells: string | null;
  separator: string;
  forget: boolean;
  choices: Choices;
}

const untouched = (path: string): Asked => ({ path, kind: "", sheet: null, cells: null, separator: "", forget: false, choices: {} });
const none: Column[] = [];

/** What is said and chosen of a table; `path` is empty while there is none. */
export function useTable(path: string): Table {
  const [kept, setKept] = useState(() => untouched(path));
  const asked = kept.path === path ? kept : untouched(path);
  const change = (next: Partial<Asked>) => setKept({ ...asked, ...next });
  const { kind, sheet, cells, separator, forget, choices } = asked;
  const plain: TableMapping = { ...emptyMapping, kind, sheet, cells, separator };
  const base = useTableLook(path, plain, forget);
  const look = base.data ?? null;
  const columns = look ? columnsOf(look, choices) : none;
  const between = separator || (look?.mapping.separator ?? ";");
  const mapping = look ? mappingOf(look, columns, between) : plain;
  const touched = columns.some((column) => column.origin === "said");
  const edited = useTableLook(path, touched && look && !base.isPlaceholderData ? mapping : null, forget);
  const entity = look?.kinds.find((one) => one.name === look.mapping.kind)?.entity ?? "";
  const form = useDeskForm().data;
  const fields = (entity === "external_user" ? form?.user.fields : form?.entities.find((one) => one.entity === entity)?.fields) ?? [];
  const key = look ? keyOf(look, columns) : null;
  const half = halfOf(columns);
  const lacking = look ? lackingOf(look, columns) : [];
  const has = (field: string) => columns.some((column) => column.field === field);
  const waiting = base.isFetching || (touched && edited.isFetching);
  return {
    look,
    error: base.error && !base.data ? asApiError(base.error) : null,
    retry: () => void base.refetch(),
    waiting,
    entity,
    columns,
    first: (touched ? edited.data?.first : undefined) ?? look?.first ?? [],
    mapping,
    key,
    half,
    lacking,
    wanted: look ? fields.filter((field) => field.known && field.required && look.fields.includes(field.name) && !has(field.name) && !(key === null && look.keys.includes(field.name))).map((field) => field.name) : [],
    fieldInfo: (name) => fields.find((field) => field.name === name),
    forgets: forget,
    touched,
    ready: look !== null && look.problems.length === 0 && entity !== "" && key !== null && half === null && lacking.length === 0 && !base.isPlaceholderData,
    separator: between,
    // Another kind has other fields, another sheet other columns.
    setKind: (next) => change({ kind: next, choices: {} }),
    setSheet: (next) => change({ sheet: next, choices: {} }),
    setCells: (next) => change({ cells: next, choices: {} }),
    setSeparator: (next) => change({ separator: next }),
    choose: (heading, field) => change({ choices: chosen(columns, choices, heading, field) }),
    restart: (next) => change({ forget: next, choices: {} }),
  };
}
