import { Button } from "@mantine/core";
import { FileSearch } from "lucide-react";
import { useCallback, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import { useWorkspace } from "@/bridge/reads";
import type { DeskForm, RecordRow } from "@/bridge/types";
import { DataTable, type TableView } from "@/kit/DataTable";
import { EmptyState } from "@/kit/EmptyState";
import { ExportLine } from "@/kit/ExportLine";
import { FailedState } from "@/kit/FailedState";
import { SearchField } from "@/kit/SearchField";
import { StatusLine } from "@/kit/StatusLine";
import { ENTITY as TREE, PortalTree } from "./PortalTree";
import { everything, narrows } from "./query";
import { RecordListHead } from "./RecordListHead";
import { useRecordColumns } from "./recordColumns";
import { useRecordExport } from "./useRecordExport";
import { type Address, useRecordViews } from "./useRecordViews";
import { useRecordWords } from "./useRecordWords";
import classes from "./Records.module.css";

interface RecordListProps extends Address {
  entity: string;
  desk: DeskForm;
  openId: string | null;
  onOpen: (id: string) => void;
  onNew: () => void;
}

const failed = (error: unknown, retry: () => void) => <FailedState error={asApiError(error)} onRetry={retry} />;

/** All records of a kind: views, columns, search, sort, what uses each. The portal's objects stand as a tree until somebody searches. */
export function RecordList({ entity, desk, query, view: viewId, onQuery, openId, onOpen, onNew }: RecordListProps) {
  const words = useRecordWords(desk.desk);
  const { t, number } = words;
  const workspace = useWorkspace().data;
  const [view, setView] = useState<TableView | null>(null);
  const columns = useRecordColumns(entity, desk, words);
  const views = useRecordViews(entity, desk, words, { query, view: viewId, onQuery }, columns);
  const file = useRecordExport(entity, desk, words, views.shown, query);
  const loadPage = useCallback((offset: number, limit: number) => api.listRecords(entity, query, offset, limit), [entity, query]);
  const narrowed = narrows(query);
  const tree = entity === TREE && !narrowed && views.menu.current.id === "all";
  const total = view?.total ?? 0;
  const add = (
    <Button variant="default" onClick={onNew}>
      {t("records.newOf", { what: words.one(entity) })}
    </Button>
  );
  const empty = (
    <EmptyState icon={FileSearch} title={narrowed ? t("records.noneFound") : t("records.noneOf", { what: words.many(entity) })} action={narrowed ? undefined : add}>
      {narrowed ? null : t("records.noneText")}
    </EmptyState>
  );
  return (
    <div className={classes.list}>
      <RecordListHead
        entity={entity}
        words={words}
        count={view && !tree ? number(total) : undefined}
        columns={columns}
        views={views}
        tree={tree}
        onExport={(format) => void file.write(format, `${workspace?.name ?? ""} ${words.many(entity)} ${viewId === "all" ? "" : views.menu.current.name}`)}
        onNew={onNew}
      />
      <div className={classes.filters}>
        <SearchField label={t("records.search", { what: words.many(entity) })} value={query.search} onChange={(search) => onQuery({ ...query, search })} />
        <Button variant={query.changed ? "light" : "subtle"} aria-pressed={query.changed} onClick={() => onQuery({ ...query, changed: !query.changed })}>
          {t("records.changed")}
        </Button>
        {query.filters.length === 0 ? null : (
          <Button variant="light" onClick={() => onQuery({ ...query, filters: everything.filters })}>
            {t("records.showAll")}
          </Button>
        )}
      </div>
      {tree ? (
        <PortalTree words={words} openId={openId} onOpen={onOpen} onNew={onNew} />
      ) : (
        <DataTable<RecordRow>
          label={words.many(entity)}
          columns={views.shown}
          keepColumns={views.choice !== null}
          pageKey={keys.recordList(entity, query)}
          loadPage={loadPage}
          rowId={(row) => row.id}
          openId={openId}
          onOpen={(row) => onOpen(row.id)}
          sort={{ key: query.sort, descending: query.descending }}
          onSort={(sort) => onQuery({ ...query, sort: sort.key, descending: sort.descending })}
          mark={(row) => (row.changed ? t("kit.notExported") : null)}
          onView={setView}
          empty={empty}
          failed={failed}
        />
      )}
      {file.running ? (
        <ExportLine done={file.done} of={total} cancelling={file.cancelling} onCancel={file.cancel} />
      ) : tree ? null : (
        <StatusLine>{total > 0 && view ? t("users.rows", { first: number(view.first), last: number(view.last), total: number(total) }) : t("users.noRows")}</StatusLine>
      )}
    </div>
  );
}
