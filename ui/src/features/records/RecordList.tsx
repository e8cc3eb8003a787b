import { Button } from "@mantine/core";
import { FileSearch } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { DeskForm, RecordQuery, RecordRow } from "@/bridge/types";
import { DataTable, type TableView } from "@/kit/DataTable";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { SearchField } from "@/kit/SearchField";
import { StatusLine } from "@/kit/StatusLine";
import { useRecordColumns } from "./recordColumns";
import { useRecordWords } from "./useRecordWords";
import classes from "./Records.module.css";

interface RecordListProps {
  entity: string;
  desk: DeskForm;
  openId: string | null;
  /** Only records with this value in a field: "account:<id>". */
  by?: string;
  onClearBy: () => void;
  /** What is searched for to begin with, and who else hears of it. */
  text?: string;
  onText?: (text: string) => void;
  onOpen: (id: string) => void;
  onNew: () => void;
}

const failed = (error: unknown, retry: () => void) => <FailedState error={asApiError(error)} onRetry={retry} />;

/** All records of a kind: search, sort, what uses each. */
export function RecordList({ entity, desk, openId, by, onClearBy, text: begun = "", onText, onOpen, onNew }: RecordListProps) {
  const words = useRecordWords(desk.desk);
  const { t, number } = words;
  const [text, setOwn] = useState(begun);
  const setText = useCallback((next: string) => {
    setOwn(next);
    onText?.(next);
  }, [onText]);
  // The tree gives way to this list while somebody types: the typing goes on here.
  const filters = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const input = filters.current?.querySelector("input");
    if (begun === "" || !input) return;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    // Only where it begins.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const [sort, setSort] = useState({ key: "", descending: false });
  const [changed, setChanged] = useState(false);
  const [view, setView] = useState<TableView | null>(null);
  const columns = useRecordColumns(entity, desk, words);
  const query = useMemo((): RecordQuery => {
    const [field, value] = by?.split(/:(.*)/s) ?? [];
    return { search: text, sort: sort.key === "name" ? "" : sort.key, descending: sort.descending, filters: field && value !== undefined ? [[field, value]] : [], changed };
  }, [text, sort, by, changed]);
  const loadPage = useCallback((offset: number, limit: number) => api.listRecords(entity, query, offset, limit), [entity, query]);
  const narrowed = text !== "" || changed || by !== undefined;
  const add = (
    <Button variant="default" onClick={onNew}>
      {t("records.newOf", { what: words.one(entity) })}
    </Button>
  );
  return (
    <div className={classes.list}>
      <PageHead level={1} title={words.many(entity)} count={view ? number(view.total) : undefined}>
        {add}
      </PageHead>
      <div ref={filters} className={classes.filters}>
        <SearchField label={t("records.search", { what: words.many(entity) })} value={text} onChange={setText} />
        <Button variant={changed ? "light" : "subtle"} aria-pressed={changed} onClick={() => setChanged(!changed)}>
          {t("records.changed")}
        </Button>
        {by === undefined ? null : (
          <Button variant="light" onClick={onClearBy}>
            {t("records.showAll")}
          </Button>
        )}
      </div>
      <DataTable<RecordRow>
        label={words.many(entity)}
        columns={columns}
        pageKey={keys.recordList(entity, query)}
        loadPage={loadPage}
        rowId={(row) => row.id}
        openId={openId}
        onOpen={(row) => onOpen(row.id)}
        sort={{ key: sort.key === "" ? "name" : sort.key, descending: sort.descending }}
        onSort={setSort}
        mark={(row) => (row.changed ? t("kit.notExported") : null)}
        onView={setView}
        empty={
          <EmptyState icon={FileSearch} title={narrowed ? t("records.noneFound") : t("records.noneOf", { what: words.many(entity) })} action={narrowed ? undefined : add}>
            {narrowed ? null : t("records.noneText")}
          </EmptyState>
        }
        failed={failed}
      />
      <StatusLine>
        {view && view.total > 0 ? t("users.rows", { first: number(view.first), last: number(view.last), total: number(view.total) }) : t("users.noRows")}
      </StatusLine>
    </div>
  );
}
