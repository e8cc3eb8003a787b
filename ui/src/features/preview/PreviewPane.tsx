import { ActionIcon, SegmentedControl, Tooltip } from "@mantine/core";
import { Eye, Printer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { usePreview, useWorkspace } from "@/bridge/reads";
import type { Preview, TicketView, Viewer } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { PageHead } from "@/kit/PageHead";
import { useWords } from "@/words";
import { AssumedButton } from "./AssumedRules";
import { EntryNotes } from "./EntryNotes";
import { HomeView, hasHome } from "./HomeView";
import { LoginRefused } from "./LoginRefused";
import { NewTicketView } from "./NewTicketView";
import { PreviewNotice } from "./PreviewNotice";
import { ReportDialog } from "./ReportDialog";
import { TicketGroups, type TicketGroup } from "./TicketGroups";
import { FIRST_VIEW, type ListView, TicketLists } from "./TicketLists";
import { TicketPage } from "./TicketPage";
import { TimeSelect } from "./TimeSelect";
import { UnknownPanel } from "./UnknownPanel";
import { savedOf, useSettledViewer } from "./viewer";
import classes from "./PreviewPane.module.css";

export interface PreviewPaneProps {
  /** Whose eyes to look through, with the form as it stands. */
  viewer: Viewer;
  /** The ticket whose "why" is open beside the pane, if there is one. */
  whyNumber?: string | null;
  /** The change after which the state is looked at; null for today. */
  past?: number | null;
  /** Chooses it; nothing is offered without it. */
  onPast?: (change: number | null) => void;
  /** Opens "why" for a ticket. */
  onWhy: (number: string) => void;
  /** The desk by whose rules it is, where it is not the workspace's. */
  rules?: string;
  /** Leads to the settings that decide who sees what; without it nothing leads there. */
  onSettings?: () => void;
  /** What can be expected of what is shown; the pane itself can only read. Nothing is offered without it. */
  expect?: Expect;
}

/** Controls that others give to the pane. */
export interface Expect {
  /** For all that a person sees; `unsaved` where something else is shown than what is saved today. */
  all: (user: string, unsaved: boolean) => ReactNode;
  /** For a ticket that is open. */
  ticket: (user: string, ticket: TicketView) => ReactNode;
}

/** Where one is in the portal. From a ticket's page one comes `back` to its line. */
type Place = { kind: "lists"; app?: string; back?: string } | { kind: "ticket"; number: string; app?: string } | { kind: "new" } | { kind: "home" };

/** The portal as a person sees it, following the form while it is edited. It can only read. */
export function PreviewPane(props: PreviewPaneProps) {
  // Another person starts at the front page again.
  return <PersonPreview key={props.viewer.id ?? "new"} {...props} />;
}

function PersonPreview({ viewer, whyNumber = null, past = null, onPast, onWhy, rules, onSettings, expect }: PreviewPaneProps) {
  const words = useWords();
  const { t } = words;
  const [saved, setSaved] = useState(false);
  const [place, setPlace] = useState<Place>({ kind: "lists" });
  const [group, setGroup] = useState<TicketGroup | null>(null);
  const [view, setView] = useState(FIRST_VIEW);
  const settled = useSettledViewer(viewer);
  const asked = past !== null ? { ...savedOf(settled), at: past } : saved && viewer.id !== null ? savedOf(settled) : settled;
  const state = usePreview(asked);
  const workspace = useWorkspace().data;
  const { preview, viewer: shown } = state;

  return (
    <section className={classes.pane} aria-label={t("preview.zone")} aria-busy={state.busy}>
      <PageHead
        title={
          <>
            <span className={classes.as}>{t("preview.as")}</span> {preview ? preview.name || preview.login || t("preview.nobody") : "…"}
          </>
        }
        sub={workspace ? t("preview.rules", { desk: rules ?? workspace.desk_name }) : undefined}
      >
        {preview && shown?.id ? expect?.all(shown.id, shown.draft !== null || past !== null) : null}
        {preview && shown ? <ReportButton preview={preview} viewer={shown} rules={rules} /> : null}
      </PageHead>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t("preview.state")}
          disabled={past !== null}
          value={past !== null || viewer.draft === null || (saved && viewer.id !== null) ? "saved" : "draft"}
          onChange={(value) => setSaved(value === "saved")}
          data={[
            { value: "draft", label: t("preview.draft"), disabled: viewer.draft === null },
            { value: "saved", label: t("preview.saved"), disabled: viewer.id === null },
          ]}
        />
        <SegmentedControl
          aria-label={t("preview.page")}
          value={place.kind === "ticket" ? "lists" : place.kind}
          onChange={(value) => setPlace({ kind: value as "lists" | "new" | "home" })}
          data={[
            ...(preview && hasHome(preview) ? [{ value: "home", label: t("preview.home") }] : []),
            { value: "lists", label: t("preview.tickets") },
            { value: "new", label: t("preview.newTicket") },
          ]}
        />
        {onPast && viewer.id !== null ? <TimeSelect value={past} onChange={onPast} /> : null}
      </div>
      {past !== null ? (
        <p className={classes.past} role="status">
          {t("preview.past")}
        </p>
      ) : null}
      <PreviewNotice error={state.error} keeps={preview !== null} onRetry={state.retry} />
      <div className={classes.portal}>
        <p className={classes.ribbon}>
          <Eye size={13} strokeWidth={1.6} aria-hidden="true" />
          {t("preview.readOnly")}
        </p>
        <div className={classes.portalHead}>
          <strong>{workspace?.name}</strong>
          {preview?.address ? <span className={classes.address}>{preview.address}</span> : null}
          <span className={classes.who}>{preview?.name}</span>
        </div>
        {preview && shown ? (
          <Portal
            preview={preview}
            viewer={shown}
            desk={workspace?.desk ?? ""}
            place={place}
            group={group}
            whyNumber={whyNumber}
            view={view}
            onPlace={setPlace}
            onView={setView}
            onLists={() => setGroup(null)}
            onWhy={onWhy}
            onSettings={onSettings}
            expect={expect}
          />
        ) : state.error ? null : (
          <PortalSkeleton label={t("kit.loading")} />
        )}
        {!preview && state.error ? <EmptyState title={t("preview.noneYet")}>{t("preview.noneYetText")}</EmptyState> : null}
      </div>
      <TicketGroups
        preview={preview}
        shown={group}
        onShow={(next) => {
          setGroup(next);
          setPlace({ kind: "lists" });
        }}
      />
      <StatusLine preview={preview} />
    </section>
  );
}

/** Opens what is shown as pages to print. */
function ReportButton({ preview, viewer, rules }: { preview: Preview; viewer: Viewer; rules: string | undefined }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Tooltip label={t("preview.report.title")}>
        <ActionIcon variant="subtle" color="gray" aria-label={t("preview.report.title")} onClick={() => setOpened(true)}>
          <Printer size={16} strokeWidth={1.6} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <ReportDialog opened={opened} preview={preview} viewer={viewer} rules={rules} onClose={() => setOpened(false)} />
    </>
  );
}

interface PortalProps {
  preview: Preview;
  viewer: Viewer;
  desk: string;
  place: Place;
  group: TicketGroup | null;
  whyNumber: string | null;
  view: ListView;
  onPlace: (place: Place) => void;
  onView: (view: ListView) => void;
  /** Leaves the tickets beside the lists. */
  onLists: () => void;
  onWhy: (number: string) => void;
  onSettings: PreviewPaneProps["onSettings"];
  expect: PreviewPaneProps["expect"];
}

function Portal({ preview, viewer, desk, place, group, whyNumber, view, onPlace, onView, onLists, onWhy, onSettings, expect }: PortalProps) {
  const [anyway, setAnyway] = useState(false);
  if (preview.may_log_in === false && !anyway) {
    return <LoginRefused preview={preview} viewer={viewer} onAnyway={() => setAnyway(true)} />;
  }
  return (
    <>
      <EntryNotes preview={preview} viewer={viewer} />
      {isOpen(preview) ? <UnknownPanel key={place.kind} preview={preview} onSettings={onSettings} folded={place.kind === "ticket"} /> : null}
      {place.kind === "ticket" ? (
        <TicketPage viewer={viewer} number={place.number} onBack={() => onPlace({ kind: "lists", app: place.app, back: place.number })} onWhy={onWhy} expect={expect?.ticket} />
      ) : place.kind === "new" ? (
        <NewTicketView choices={preview.new_ticket} assumed={preview.assumed_in.includes("may_create")} desk={viewer.desk ?? desk} />
      ) : place.kind === "home" ? (
        <HomeView preview={preview} viewer={viewer} onApp={(app) => onPlace({ kind: "lists", app })} />
      ) : group === null && isOpen(preview) && preview.lists.every((list) => list.all === 0) ? null : (
        <TicketLists
          preview={preview}
          app={place.app ?? ""}
          view={view}
          onView={onView}
          back={place.back ?? null}
          onApp={(app) => onPlace(app === "" ? { kind: "lists" } : { kind: "lists", app })}
          viewer={viewer}
          group={group}
          onLists={onLists}
          whyNumber={whyNumber}
          onOpen={(number) => onPlace({ kind: "ticket", number, app: place.app })}
          onWhy={onWhy}
        />
      )}
    </>
  );
}

/** Whether something cannot be told: a ticket, the login, or what hangs on a setting that is not given. */
function isOpen(preview: Preview): boolean {
  return preview.unknown > 0 || preview.may_log_in === null || preview.unknown_settings.length > 0;
}

/** Grey bars of the list's own measures: when the tickets come, nothing moves. */
function PortalSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className={classes.skeleton}>
      {[0, 1, 2, 3, 4].map((row) => (
        <span key={row} />
      ))}
    </div>
  );
}

function StatusLine({ preview }: { preview: Preview | null }) {
  const { t, dateTime } = useWords();
  const asOf = preview?.as_of ? t("preview.asOf", { at: dateTime(preview.as_of) }) : preview ? t("preview.noTickets") : "";
  return (
    <footer className={classes.status}>
      <span className={classes.asOf} title={asOf}>
        {asOf}
      </span>
      {preview && preview.assumed.length > 0 ? <AssumedButton rules={preview.assumed} /> : null}
    </footer>
  );
}
