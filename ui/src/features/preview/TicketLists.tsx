import { useState } from "react";
import type { PortalPart, Preview, PreviewList, Viewer } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { useWords } from "@/words";
import { moveTab } from "./tabKeys";
import { TicketScroll } from "./TicketScroll";
import classes from "./TicketLists.module.css";

interface TicketListsProps {
  preview: Preview;
  viewer: Viewer;
  /** The key of the app to whose items the list is limited; empty for all. */
  app: string;
  onApp: (app: string) => void;
  /** Whether the hidden tickets are shown instead of a list. */
  ghosts: boolean;
  whyNumber: string | null;
  onOpen: (number: string) => void;
  onWhy: (number: string) => void;
}

type Tab = "all" | "open" | "closed";
const TABS: readonly Tab[] = ["open", "closed", "all"];

/** The portal's lists as tabs, split in open and closed; or what no list shows, as ghosts. */
export function TicketLists({ preview, viewer, app, onApp, ghosts, whyNumber, onOpen, onWhy }: TicketListsProps) {
  const { t, tOr, number } = useWords();
  const [wanted, setWanted] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>("all");
  const list = preview.lists.find((one) => one.name === wanted) ?? preview.lists[preview.lists.length - 1];

  const apps = preview.parts.filter((part) => part.items !== null);
  const limited = ghosts ? undefined : apps.find((one) => one.key === app);
  const figures = limited?.items ?? list;

  if (!list || !figures) return <EmptyState title={t("preview.noLists")}>{t("preview.noListsText")}</EmptyState>;
  return (
    <>
      <div role="tablist" aria-label={t("preview.lists")} className={classes.tabs}>
        {preview.lists.map((one) => (
          <button
            key={one.name}
            type="button"
            role="tab"
            aria-selected={!ghosts && one === list}
            aria-controls="preview-list"
            tabIndex={one === list ? 0 : -1}
            className={classes.tab}
            onClick={() => setWanted(one.name)}
            onKeyDown={moveTab}
          >
            {tOr(`preview.list.${one.name}`, one.name)} <span className={classes.figure}>{number(one.all)}</span>
            <Difference list={one} />
          </button>
        ))}
      </div>
      {ghosts ? (
        <p className={classes.sub}>
          <strong>{t("preview.hiddenCount", { count: preview.hidden, figure: number(preview.hidden) })}</strong> {t("preview.asGhosts")}
        </p>
      ) : (
        <div className={classes.sub} role="group" aria-label={t("preview.split")}>
          {apps.length > 0 ? <AppSelect apps={apps} value={limited?.key ?? ""} onChange={onApp} /> : null}
          {TABS.map((one) => (
            <button key={one} type="button" className={classes.split} aria-pressed={tab === one} onClick={() => setTab(one)}>
              {t(`preview.tab.${one}`)} {number(figures[one])}
            </button>
          ))}
          <span className={classes.order}>{t("preview.newestFirst")}</span>
        </div>
      )}
      <div id="preview-list" role="tabpanel" aria-label={ghosts ? t("preview.hidden") : tOr(`preview.list.${list.name}`, list.name)} className={classes.panel}>
        <TicketScroll
          key={ghosts ? "Hidden" : `${list.name} ${limited?.key ?? ""} ${tab}`}
          viewer={viewer}
          list={ghosts ? "Hidden" : list.name}
          app={limited?.key ?? null}
          tab={ghosts ? "all" : tab}
          complete={preview.unknown === 0}
          whyNumber={whyNumber}
          onOpen={onOpen}
          onWhy={onWhy}
        />
      </div>
    </>
  );
}

/** Limits the list to the items of one app. */
function AppSelect({ apps, value, onChange }: { apps: PortalPart[]; value: string; onChange: (key: string) => void }) {
  const { t, number } = useWords();
  return (
    <select className={classes.apps} aria-label={t("preview.app")} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{t("preview.allApps")}</option>
      {apps.map((app) => (
        <option key={app.key} value={app.key}>
          {t("preview.appOption", { path: app.path, figure: number(app.items?.all ?? 0) })}
        </option>
      ))}
    </select>
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
