import { useElementSize } from "@mantine/hooks";
import { Button } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft, FileText } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useDeskForm } from "@/bridge/reads";
import { type Listed, everything } from "@/features/records/query";
import { RecordList } from "@/features/records/RecordList";
import { RecordZone } from "@/features/records/RecordZone";
import { useRecordWords } from "@/features/records/useRecordWords";
import { EmptyState } from "@/kit/EmptyState";
import { SplitView, type Zone } from "@/kit/SplitView";
import { usePreferences } from "../state/preferences";
import classes from "./UsersScreen.module.css";

/** What the address of a list of records holds. */
export interface RecordsSearch {
  /** The open record. */
  id?: string;
  /** "yes" for a new one. */
  new?: string;
  /** Only records with this value in a field: "account:<id>". */
  by?: string;
  q?: string;
  changed?: string;
  sort?: string;
  desc?: string;
  /** Id of the view that was picked last. */
  view?: string;
}

const names: (keyof RecordsSearch)[] = ["id", "new", "by", "q", "changed", "sort", "desc", "view"];

/** Takes what the address holds, and nothing else. */
export function readRecordsSearch(raw: Record<string, unknown>): RecordsSearch {
  const known = names.map((name) => [name, raw[name]] as const).filter(([, value]) => typeof value === "string" && value !== "");
  return Object.fromEntries(known) as RecordsSearch;
}

/** The query that an address asks for. */
function queryOf(search: RecordsSearch): Listed {
  const [field, value] = search.by?.split(/:(.*)/s) ?? [];
  return {
    search: search.q ?? "",
    sort: search.sort ?? everything.sort,
    descending: search.desc === "yes",
    filters: field && value !== undefined ? [[field, value]] : everything.filters,
    changed: search.changed === "yes",
  };
}

/** The address with another query, and another view where one was picked; what is open stays open. */
function withQuery(search: RecordsSearch, query: Listed, view = search.view): RecordsSearch {
  return readRecordsSearch({
    id: search.id,
    new: search.new,
    by: query.filters[0]?.join(":"),
    q: query.search,
    changed: query.changed ? "yes" : "",
    sort: query.sort === everything.sort ? "" : query.sort,
    desc: query.descending ? "yes" : "",
    view: view === "all" ? "" : view,
  });
}

/** Narrower than this, list and form take turns, in pixels. */
const TWO_ZONES = 600;

/** A kind of record: the list (the portal's objects as a tree), and the form beside it. */
export function RecordsScreen() {
  const { entity } = useParams({ from: "/records/$entity" });
  const search = useSearch({ from: "/records/$entity" });
  const navigate = useNavigate({ from: "/records/$entity" });
  const { preferences, change } = usePreferences();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const desk = useDeskForm().data;
  const words = useRecordWords(desk?.desk ?? "");
  const query = useMemo(() => queryOf(search), [search]);
  const onQuery = useCallback((next: Listed, view?: string) => void navigate({ search: withQuery(search, next, view), replace: true }), [navigate, search]);
  if (!desk) return <div aria-busy="true" />;
  if (!desk.entities.some((form) => form.entity === entity)) return <EmptyState icon={FileText} title={words.t("records.notHere")} />;

  const open = search.new ? null : (search.id ?? undefined);
  const go = (next: RecordsSearch, replace = false) => void navigate({ search: next, replace });
  const leave = () => go({ ...search, id: undefined, new: undefined });
  const openRecord = (id: string) => go({ ...search, id, new: undefined });
  const list: Zone = {
    key: "list",
    label: words.t("app.zone.list"),
    min: 270,
    preferred: 760,
    children: (
      <RecordList
        key={entity}
        entity={entity}
        desk={desk}
        query={query}
        view={search.view ?? "all"}
        onQuery={onQuery}
        openId={search.id ?? null}
        onOpen={openRecord}
        onNew={() => go({ ...search, id: undefined, new: "yes" })}
      />
    ),
  };
  const narrow = width > 0 && width < TWO_ZONES;
  const form: Zone = {
    key: "form",
    label: words.t("app.zone.form"),
    min: 310,
    preferred: 480,
    children: (
      <div className={classes.form}>
        {narrow && open !== undefined ? (
          <div className={classes.bar}>
            <Button variant="subtle" leftSection={<ArrowLeft size={14} aria-hidden="true" />} onClick={leave}>
              {words.t("app.toList")}
            </Button>
          </div>
        ) : null}
        <div className={classes.fill}>
          {open === undefined ? (
            <EmptyState icon={FileText} title={words.t("records.nothingOpen")}>
              {words.t("records.nothingOpenText")}
            </EmptyState>
          ) : (
            <RecordZone entity={entity} id={open} desk={desk} onSaved={openRecord} onLeave={leave} />
          )}
        </div>
      </div>
    ),
  };
  const zones = narrow ? [open === undefined ? list : form] : [list, form];
  return (
    <div ref={ref} className={classes.screen}>
      <SplitView zones={zones} sizes={preferences.sizes} onSizes={(sizes) => change({ sizes })} />
    </div>
  );
}
