import { NativeSelect } from "@mantine/core";
import { useRef } from "react";
import type { PortalPart, Preview, PreviewList, Viewer } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { useWords, type Words } from "@/words";
import { moveTab } from "./tabKeys";
import type { TicketGroup } from "./TicketGroups";
import { TicketScroll } from "./TicketScroll";
import classes from "./TicketLists.module.css";

interface TicketListsProps {
  preview: Preview;
  viewer: Viewer;
  /** The key of the app to whose items the list is limited; empty for all. */
  app: string;
  onApp: (app: string) => void;
  /** The tickets beside the lists that are shown instead of one. */
  group: TicketGroup | null;
  /** Leaves the group for a list. */
  onLists: () => void;
  whyNumber: string | null;
  /** What is looked at in the lists. */
  view: ListView;
  onView: (view: ListView) => void;
  /** Number of the ticket whose page was left for the lists. */
  back: string | null;
  onOpen: (number: string) => void;
  onWhy: (number: string) => void;
}

/** Which list, which part of it, and whether only what a draft changes. */
export interface ListView {
  /** Its name; null for the widest. */
  list: string | null;
  tab: Tab;
  only: boolean;
}

/** What is looked at first. */
export const FIRST_VIEW: ListView = { list: null, tab: "all", only: false };

type Tab = "all" | "open" | "closed";
const TABS: readonly Tab[] = ["open", "closed", "all"];

/** The portal's lists as tabs, split in open and closed; or what stands beside the lists, with the reason. */
export function TicketLists({ preview, viewer, app, onApp, group, onLists, whyNumber, view, onView, back, onOpen, onWhy }: TicketListsProps) {
  const words = useWords();
  const { t, tOr, number } = words;
  const { tab, only } = view;
  const returning = useRef(back);
  const takeBack = () => {
    const number = returning.current;
    returning.current = null;
    return number;
  };
  const list = preview.lists.find((one) => one.name === view.list) ?? preview.lists[preview.lists.length - 1];

  const apps = preview.parts.filter((part) => part.items !== null);
  const limited = group ? undefined : apps.find((one) => one.key === app);
  const figures = limited?.items ?? list;

  const changes = preview.draft && figures ? figures.gained + figures.lost : 0;
  const changed = only && changes > 0 && !group;
  if (!list || !figures) return <EmptyState title={t("preview.noLists")}>{t("preview.noListsText")}</EmptyState>;
  return (
    <>
      <div role="tablist" aria-label={t("preview.lists")} className={classes.tabs}>
        {preview.lists.map((one) => (
          <button
            key={one.name}
            type="button"
            role="tab"
            aria-selected={!group && one === list}
            aria-controls="preview-list"
            tabIndex={one === list ? 0 : -1}
            className={classes.tab}
            onClick={() => {
              onView({ ...view, list: one.name });
              onLists();
            }}
            onKeyDown={moveTab}
          >
            {tOr(`preview.list.${one.name}`, one.name)} <span className={classes.figure}>{number(one.all)}</span>
            <Difference list={one} />
          </button>
        ))}
      </div>
      {group ? (
        <p className={classes.sub}>
          <strong>{groupLine(words, group, preview)}</strong> {t(group === "Hidden" ? "preview.asGhosts" : "preview.asUntold")}
        </p>
      ) : (
        <div className={classes.sub} role="group" aria-label={t("preview.split")}>
          {apps.length > 0 ? <AppSelect apps={apps} value={limited?.key ?? ""} onChange={onApp} /> : null}
          {TABS.map((one) => (
            <button key={one} type="button" className={classes.split} aria-pressed={tab === one} onClick={() => onView({ ...view, tab: one })}>
              {t(`preview.tab.${one}`)} {number(figures[one])}
            </button>
          ))}
          {list.unknown > 0 && !limited ? (
            <span className={classes.untold}>{t("preview.untoldIn", { count: list.unknown, figure: number(list.unknown) })}</span>
          ) : null}
          {changes > 0 ? (
            <button type="button" className={classes.only} aria-pressed={changed} onClick={() => onView({ ...view, only: !only })}>
              {t("preview.onlyChanges", { count: changes, figure: number(changes) })}
            </button>
          ) : list.unknown > 0 && !limited ? null : (
            <span className={classes.order}>{t("preview.newestFirst")}</span>
          )}
        </div>
      )}
      <div id="preview-list" role="tabpanel" aria-label={group ? t(`preview.group.${group}`) : tOr(`preview.list.${list.name}`, list.name)} className={classes.panel}>
        <TicketScroll
          key={group ?? `${list.name} ${limited?.key ?? ""} ${tab} ${changed}`}
          viewer={viewer}
          list={group ?? list.name}
          app={limited?.key ?? null}
          tab={group ? "all" : tab}
          changed={changed}
          complete={group === "Hidden" ? preview.unknown === 0 : list.unknown === 0}
          whyNumber={whyNumber}
          takeBack={takeBack}
          onOpen={onOpen}
          onWhy={onWhy}
        />
      </div>
    </>
  );
}

/** How many tickets stand beside the lists. */
function groupLine({ t, number }: Words, group: TicketGroup, preview: Preview): string {
  const count = group === "Hidden" ? preview.hidden : preview.unknown;
  return t(group === "Hidden" ? "preview.hiddenCount" : "preview.untoldCount", { count, figure: number(count) });
}

/** Limits the list to the items of one app. */
function AppSelect({ apps, value, onChange }: { apps: PortalPart[]; value: string; onChange: (key: string) => void }) {
  const { t, number } = useWords();
  return (
    <NativeSelect
      size="xs"
      className={classes.apps}
      aria-label={t("preview.app")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: t("preview.allApps") },
        ...apps.map((app) => ({ value: app.key, label: t("preview.appOption", { path: app.path, figure: number(app.items?.all ?? 0) }) })),
      ]}
    />
  );
}

/** What a draft adds to a list and takes from it; blue is what is not saved yet. */
function Difference({ list }: { list: PreviewList }) {
  const { t, number } = useWords();
  return (
    <>
      {list.gained > 0 ? (
        <span className={classes.difference} aria-label={t("preview.gained", { count: list.gained })}>
          +{number(list.gained)}
        </span>
      ) : null}
      {list.lost > 0 ? (
        <span className={classes.difference} aria-label={t("preview.lost", { count: list.lost })}>
          −{number(list.lost)}
        </span>
      ) : null}
    </>
  );
}
