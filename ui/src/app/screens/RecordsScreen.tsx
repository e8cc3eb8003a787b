import { useElementSize } from "@mantine/hooks";
import { Button } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft, FileText } from "lucide-react";
import { useDeskForm } from "@/bridge/reads";
import { PortalTree } from "@/features/records/PortalTree";
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
}

/** Takes what the address holds, and nothing else. */
export function readRecordsSearch(raw: Record<string, unknown>): RecordsSearch {
  const known = (["id", "new", "by"] as const).map((name) => [name, raw[name]] as const).filter(([, value]) => typeof value === "string" && value !== "");
  return Object.fromEntries(known) as RecordsSearch;
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
  if (!desk) return <div aria-busy="true" />;
  if (!desk.entities.some((form) => form.entity === entity)) return <EmptyState icon={FileText} title={words.t("records.notHere")} />;

  const open = search.new ? null : (search.id ?? undefined);
  const go = (next: RecordsSearch) => void navigate({ search: next });
  const leave = () => go({ by: search.by });
  const shared = { desk, openId: search.id ?? null, onOpen: (id: string) => go({ by: search.by, id }), onNew: () => go({ by: search.by, new: "yes" }) };
  const list: Zone = {
    key: "list",
    label: words.t("app.zone.list"),
    min: 270,
    preferred: 760,
    children:
      entity === "portal_object" && search.by === undefined ? (
        <PortalTree {...shared} />
      ) : (
        <RecordList key={entity} entity={entity} by={search.by} onClearBy={() => go({ id: search.id })} {...shared} />
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
            <RecordZone entity={entity} id={open} desk={desk} onSaved={(id) => go({ by: search.by, id })} onLeave={leave} />
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
