import { Button } from "@mantine/core";
import { FileOutput, SearchX, Users, X } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { FileFormat } from "@/bridge/listExport";
import { useWorkspace } from "@/bridge/reads";
import type { Selection as BridgeSelection, UserRow } from "@/bridge/types";
import { BulkBar, type BulkAction } from "@/kit/BulkBar";
import { DataTable, type TableView } from "@/kit/DataTable";
import { EmptyState } from "@/kit/EmptyState";
import { ExportLine } from "@/kit/ExportLine";
import { FailedState } from "@/kit/FailedState";
import { type Selection, everything, nothing, only, selectedCount } from "@/kit/selection";
import { StatusLine } from "@/kit/StatusLine";
import { isTyping } from "@/kit/typing";
import { useWords } from "@/words";
import { DraftsLink } from "./DraftsLink";
import { PastePeople } from "./PastePeople";
import { type People, conditionsOf, everybody, narrows, selectedPeople } from "./people";
import { handedPeople, haveHanded } from "./paths";
import { UserFilters } from "./UserFilters";
import { UserListHead } from "./UserListHead";
import { useUserColumns } from "./userColumns";
import { useUserExport } from "./useUserExport";
import { useUserViews } from "./useUserViews";
import type { OpenUser } from "./UserZone";
import classes from "./UserList.module.css";

interface UserListProps {
  /** Which people to list. */
  query: People;
  /** Id of the view that was picked last. */
  view: string;
  /** Hears of another query, and of another view where one was picked. */
  onQuery: (query: People, view?: string) => void;
  /** The person whose form is open. */
  openId: string | null;
  /** The key under which the open new form is kept. */
  openDraft: string | null;
  onOpen: (open: OpenUser) => void;
  onNew: (like: string | null) => void;
  /** What else can be done with selected people, before what the list itself can do. */
  actionsFor?: (people: BridgeSelection, count: number) => BulkAction[];
}

const failed = (error: unknown, retry: () => void) => <FailedState error={asApiError(error)} onRetry={retry} />;

/** The list of people: views, columns, search as one types, facets with counts, selection, any number of rows. */
export function UserList({ query, view: viewId, onQuery, openId, openDraft, onOpen, onNew, actionsFor }: UserListProps) {
  const { t, number } = useWords();
  const [view, setView] = useState<TableView | null>(null);
  const [pasting, setPasting] = useState(false);
  const [selection, setSelection] = useSelection(query);
  const columns = useUserColumns();
  const views = useUserViews({ query, view: viewId, onQuery }, columns);
  const workspace = useWorkspace().data;
  const file = useUserExport(views.shown, query);
  const loadPage = useCallback((offset: number, limit: number) => api.listUsers(query, offset, limit), [query]);

  const total = view?.total ?? 0;
  const count = selectedCount(selection, total);
  const people = selectedPeople(selection, query);
  const write = (who: BridgeSelection, format: FileFormat) => void file.write(who, format, `${workspace?.name ?? ""} ${views.menu.current.name}`);
  const actions: BulkAction[] = [
    ...(actionsFor?.(people, count) ?? []),
    {
      key: "export",
      label: t("lists.export"),
      icon: FileOutput,
      disabled: file.running,
      choices: (["csv", "xlsx"] as const).map((format) => ({ key: format, label: t(`lists.${format}Short`), run: () => write(people, format) })),
    },
  ];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // What happens in menus and dialogs of the list comes by here too, and is none of its business.
    if (count === 0 || event.defaultPrevented || !event.currentTarget.contains(event.target as Node) || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actions.find(({ shortcut, disabled }) => shortcut?.toLowerCase() === event.key.toLowerCase() && !disabled);
    if (event.key === "Escape") setSelection(nothing);
    else if (action?.run) action.run();
    else return;
    event.preventDefault();
  };

  return (
    // The keys belong to what is selected, wherever in the list the focus is.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={classes.list} onKeyDown={onKeyDown}>
      <UserListHead
        count={view ? number(total) : undefined}
        columns={columns}
        choice={views.choice}
        onChoice={views.onChoice}
        menu={views.menu}
        onPaste={() => setPasting(true)}
        onExport={(format) => write({ ids: [], all: query, except: [] }, format)}
        onNew={onNew}
      />
      <UserFilters query={query} onQuery={onQuery} names={views.names} gone={views.gone} />
      <DataTable<UserRow>
        label={t("users.title")}
        columns={views.shown}
        keepColumns={views.choice !== null}
        pageKey={keys.users(query)}
        loadPage={loadPage}
        rowId={(row) => row.id}
        openId={openId}
        onOpen={(row) => onOpen({ id: row.id })}
        selection={selection}
        onSelection={setSelection}
        sort={{ key: query.sort, descending: query.descending }}
        onSort={(sort) => onQuery({ ...query, sort: sort.key, descending: sort.descending })}
        mark={(row) => (row.changed ? t("kit.notExported") : null)}
        onView={setView}
        empty={<Nobody query={query} onQuery={onQuery} onNew={onNew} />}
        failed={failed}
      />
      <BulkBar
        count={count}
        total={total}
        onAll={count < total && !selection.all ? () => setSelection(everything) : undefined}
        actions={actions}
        onClear={() => setSelection(nothing)}
      />
      {file.running ? (
        <ExportLine done={file.done} of={count > 0 ? count : total} cancelling={file.cancelling} onCancel={file.cancel} />
      ) : (
        <StatusLine
          aside={
            <>
              <span className={classes.dot} /> {t("users.dotMeans")}
            </>
          }
        >
          {view && total > 0 ? t("users.rows", { first: number(view.first), last: number(view.last), total: number(total) }) : t("users.noRows")}
          <DraftsLink openKey={openId ?? openDraft} onOpen={onOpen} />
        </StatusLine>
      )}
      <PastePeople opened={pasting} onClose={() => setPasting(false)} onFound={(ids) => setSelection(only(ids))} />
    </div>
  );
}

/** What is selected. Named people stay selected while the list is narrowed; "all of them" goes with the list it was said of. */
function useSelection(query: People): [Selection, (selection: Selection) => void] {
  const of = conditionsOf(query);
  // Whom another screen handed over is selected from the start.
  const [held, setHeld] = useState(() => ({ selection: only(handedPeople()), of }));
  useEffect(haveHanded, []);
  const selection = held.selection.all && held.of !== of ? nothing : held.selection;
  const change = useCallback((next: Selection) => setHeld({ selection: next, of }), [of]);
  return useMemo(() => [selection, change], [selection, change]);
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
        <Button variant="default" onClick={() => onNew(null)}>
          {t("users.new")}
        </Button>
      }
    >
      {t("users.nobodyText")}
    </EmptyState>
  );
}
