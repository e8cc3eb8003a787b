import { Button } from "@mantine/core";
import { Plus, SearchX, Users, X } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import { useGroups, useUserFacets } from "@/bridge/reads";
import type { UserQuery, UserRow } from "@/bridge/types";
import { DataTable, type TableView } from "@/kit/DataTable";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { FacetPick } from "@/kit/FacetPick";
import { FilterTabs } from "@/kit/FilterTabs";
import { PageHead } from "@/kit/PageHead";
import { SearchField } from "@/kit/SearchField";
import { StatusLine } from "@/kit/StatusLine";
import { useWords } from "@/words";
import { validities } from "./fields";
import { useUserColumns } from "./userColumns";
import classes from "./UserList.module.css";

/** Which people to list, with every condition said. */
export type People = Required<UserQuery>;

interface UserListProps {
  /** Which people to list. */
  query: People;
  onQuery: (query: People) => void;
  /** The person whose form is open. */
  openId: string | null;
  onOpen: (id: string) => void;
  onNew: () => void;
}

/** A query that lists everybody by surname. */
export const everybody: People = {
  search: "",
  status: [],
  accounts: [],
  groups: [],
  changed: false,
  sort: "name",
  descending: false,
};

const failed = (error: unknown, retry: () => void) => <FailedState error={asApiError(error)} onRetry={retry} />;

/** Whether a query leaves somebody out. */
function narrows(query: People): boolean {
  return query.search !== "" || query.changed || [query.status, query.accounts, query.groups].some((chosen) => chosen.length > 0);
}

/** The list of people: search as one types, facets with counts, any number of rows. */
export function UserList({ query, onQuery, openId, onOpen, onNew }: UserListProps) {
  const words = useWords();
  const { t, number } = words;
  const [view, setView] = useState<TableView | null>(null);
  const facets = useUserFacets(query).data;
  const columns = useUserColumns();
  const loadPage = useCallback((offset: number, limit: number) => api.listUsers(query, offset, limit), [query]);
  const search = useCallback((text: string) => onQuery({ ...query, search: text }), [onQuery, query]);
  const tab = query.changed ? "changed" : (query.status[0] ?? "all");

  return (
    <div className={classes.list}>
      <PageHead level={1} title={t("users.title")} count={view ? number(view.total) : undefined}>
        <Button variant="default" leftSection={<Plus size={14} strokeWidth={1.8} aria-hidden="true" />} onClick={onNew}>
          {t("users.new")}
        </Button>
      </PageHead>
      <div className={classes.filters}>
        <SearchField label={t("users.search")} value={query.search} onChange={search} />
        <FacetPick
          label={t("users.field.account")}
          facets={facets?.accounts ?? []}
          value={query.accounts}
          onChange={(accounts) => onQuery({ ...query, accounts })}
        />
        <GroupFacet query={query} onQuery={onQuery} />
      </div>
      <FilterTabs
        label={t("users.column.status")}
        value={tab}
        tabs={[
          { value: "all", label: t("users.all"), count: facets?.all },
          ...validities.map((value) => ({
            value,
            label: t(`users.status.${value}`),
            count: facets && (facets.status.find((facet) => facet.value === value)?.count ?? 0),
          })),
          { value: "changed", label: t("users.changed"), count: facets?.changed },
        ]}
        onChange={(next) => onQuery({ ...query, changed: next === "changed", status: next === "all" || next === "changed" ? [] : [next] })}
      />
      <DataTable<UserRow>
        label={t("users.title")}
        columns={columns}
        pageKey={keys.users(query)}
        loadPage={loadPage}
        rowId={(row) => row.id}
        openId={openId}
        onOpen={(row) => onOpen(row.id)}
        sort={{ key: query.sort, descending: query.descending }}
        onSort={(sort) => onQuery({ ...query, sort: sort.key, descending: sort.descending })}
        mark={(row) => (row.changed ? t("kit.notExported") : null)}
        onView={setView}
        empty={<Nobody query={query} onQuery={onQuery} onNew={onNew} />}
        failed={failed}
      />
      <StatusLine
        aside={
          <>
            <span className={classes.dot} /> {t("users.dotMeans")}
          </>
        }
      >
        {view && view.total > 0
          ? t("users.rows", { first: number(view.first), last: number(view.last), total: number(view.total) })
          : t("users.noRows")}
      </StatusLine>
    </div>
  );
}

function GroupFacet({ query, onQuery }: Pick<UserListProps, "query" | "onQuery">) {
  const { t } = useWords();
  const groups = useGroups().data;
  const facets = useMemo(() => (groups ?? []).map((group) => ({ value: group.id, label: group.name, count: group.people })), [groups]);
  return (
    <FacetPick
      label={t("users.group")}
      facets={facets}
      value={query.groups}
      onChange={(chosen) => onQuery({ ...query, groups: chosen })}
    />
  );
}

function Nobody({ query, onQuery, onNew }: Pick<UserListProps, "query" | "onQuery" | "onNew">) {
  const { t } = useWords();
  if (narrows(query)) {
    return (
      <EmptyState
        icon={SearchX}
        title={t("users.nobodyFound")}
        action={
          <Button
            variant="default"
            leftSection={<X size={14} strokeWidth={1.8} aria-hidden="true" />}
            onClick={() => onQuery({ ...everybody, sort: query.sort, descending: query.descending })}
          >
            {t("users.clearFilters")}
          </Button>
        }
      >
        {t("users.nobodyFoundText")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Users}
      title={t("users.nobody")}
      action={
        <Button variant="default" onClick={onNew}>
          {t("users.new")}
        </Button>
      }
    >
      {t("users.nobodyText")}
    </EmptyState>
  );
}
