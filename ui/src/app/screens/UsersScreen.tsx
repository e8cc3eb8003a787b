import { Button, Drawer } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeft, Eye, UserRound } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { UserForm, Viewer } from "@/bridge/types";
import { useWorkspace } from "@/bridge/reads";
import { ExpectAll, ExpectTicket } from "@/features/expectations/ExpectPreview";
import { FlipsBox } from "@/features/flips/FlipsBox";
import { type Expect, PreviewPane } from "@/features/preview/PreviewPane";
import { WhyZone } from "@/features/preview/WhyZone";
import type { People } from "@/features/users/people";
import { UserList } from "@/features/users/UserList";
import { newDraftKey } from "@/features/users/keptDraft";
import { type OpenUser, UserZone } from "@/features/users/UserZone";
import { EmptyState } from "@/kit/EmptyState";
import { SplitView, type Zone } from "@/kit/SplitView";
import { useWords } from "@/words";
import { usePreferences } from "../state/preferences";
import { type UsersSearch, queryOf, withQuery } from "../usersSearch";
import { useBulkWork } from "./useBulkWork";
import classes from "./UsersScreen.module.css";

/** Narrower than this, the preview opens as a drawer, in pixels. */
const THREE_ZONES = 860;
/** Narrower than this, list and form take turns, in pixels. */
const TWO_ZONES = 600;

interface Shown {
  viewer: Viewer;
  unsaved: number;
}

/** Which form the address asks for. */
function openOf(search: UsersSearch): OpenUser | null {
  if (search.new) return { like: search.new === "yes" ? null : search.new, draft: search.draft ?? "new" };
  return search.id ? { id: search.id } : null;
}

/** What a preview can be turned into; the preview itself can only read. */
const expect: Expect = {
  all: (user, unsaved) => <ExpectAll user={user} unsaved={unsaved} />,
  ticket: (user, ticket) => <ExpectTicket user={user} ticket={ticket} />,
};

/** After which change the address asks to look. */
function pastOf(search: UsersSearch): number | null {
  const at = Number(search.at ?? "");
  return Number.isSafeInteger(at) && at > 0 ? at : null;
}

/** List, form (or why) and preview side by side; the draft that form and preview share is held here. */
export function UsersScreen() {
  const { t } = useWords();
  const { preferences, change } = usePreferences();
  const workspace = useWorkspace().data;
  const hasPreview = workspace?.preview ?? true;
  // An earlier state is tried out and taken back, which takes the place of a writer.
  const readOnly = workspace?.read_only ?? true;
  const search = useSearch({ from: "/users" });
  const navigate = useNavigate({ from: "/users" });
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [shown, setShown] = useState<Shown | null>(null);
  const [drawer, setDrawer] = useState(false);
  const [given, setGiven] = useState<UserForm | null>(null);
  const query = useMemo(() => queryOf(search), [search]);
  const bulk = useBulkWork();
  const open = openOf(search);

  const go = useCallback((next: UsersSearch, replace = false) => void navigate({ search: next, replace }), [navigate]);
  const onPut = (form: UserForm) => {
    setGiven(form);
    go({ ...search, why: undefined });
  };
  const onGiven = useCallback(() => setGiven(null), []);
  const onQuery = useCallback((next: People, view?: string) => go(withQuery(search, next, view), true), [go, search]);
  // Whoever is opened next is looked at as of today; the first one as of when the address says.
  const onOpen = (next: OpenUser) =>
    void navigate({
      search: (latest) => ({
        ...latest,
        ...("id" in next ? { id: next.id, new: undefined, draft: undefined } : { id: undefined, new: next.like ?? "yes", draft: next.draft }),
        why: undefined,
        at: openOf(latest) === null && "id" in next ? latest.at : undefined,
      }),
    });
  const onNew = (like: string | null) => onOpen({ like, draft: newDraftKey() });
  const onLeave = () => go({ ...search, id: undefined, new: undefined, draft: undefined, why: undefined, at: undefined });
  const onWhy = (number: string) => {
    setDrawer(false);
    go({ ...search, why: number });
  };
  const onViewer = useCallback((viewer: Viewer, unsaved: number) => setShown({ viewer, unsaved }), []);
  const viewer = open && shown && (("id" in open && shown.viewer.id === open.id) || (!("id" in open) && shown.viewer.id === null)) ? shown : null;
  const zonesFit = width === 0 || width >= THREE_ZONES ? 3 : width >= TWO_ZONES ? 2 : 1;

  const past = viewer && viewer.viewer.id !== null && !readOnly ? pastOf(search) : null;
  // Form and "why" beside the preview speak of the same time as it does.
  const eyes: Viewer | null = viewer && (past === null ? viewer.viewer : { id: viewer.viewer.id, draft: null, at: past });
  const onPast = readOnly ? undefined : (at: number | null) => go({ ...search, at: at === null ? undefined : String(at) });

  const preview = viewer ? (
    <PreviewPane viewer={viewer.viewer} past={past} onPast={onPast} whyNumber={search.why ?? null} onWhy={onWhy} onSettings={() => void navigate({ to: "/portal" })} expect={readOnly ? undefined : expect} />
  ) : (
    <EmptyState icon={Eye} title={t("app.noPreview")}>
      {t(pastOf(search) === null ? "app.noPreviewText" : "app.noPreviewThen")}
    </EmptyState>
  );
  const list: Zone = {
    key: "list",
    label: t("app.zone.list"),
    min: 270,
    preferred: 568,
    children: (
      <UserList
        query={query}
        view={search.view ?? "all"}
        onQuery={onQuery}
        openId={search.id ?? null}
        openDraft={open && !("id" in open) ? open.draft : null}
        onOpen={onOpen}
        onNew={onNew}
        actionsFor={bulk.actionsFor}
      />
    ),
  };
  const form: Zone = {
    key: "form",
    label: t(search.why ? "app.zone.why" : "app.zone.form"),
    min: 310,
    preferred: search.why ? 480 : 384,
    children: (
      <div className={classes.form}>
        {zonesFit < 3 && open && !bulk.editor && (hasPreview || zonesFit === 1) ? (
          <div className={classes.bar}>
            {zonesFit === 1 ? (
              <Button variant="subtle" leftSection={<ArrowLeft size={14} aria-hidden="true" />} onClick={onLeave}>
                {t("app.toList")}
              </Button>
            ) : null}
            {hasPreview ? (
              <Button variant="default" leftSection={<Eye size={14} strokeWidth={1.6} aria-hidden="true" />} disabled={!viewer} onClick={() => setDrawer(true)}>
                {t("app.showPreview")}
              </Button>
            ) : null}
          </div>
        ) : null}
        {hasPreview && search.why && viewer && eyes && !bulk.editor ? (
          <div className={classes.fill}>
            <WhyZone
              viewer={eyes}
              number={search.why}
              unsaved={past === null ? viewer.unsaved : 0}
              onClose={() => go({ ...search, why: undefined })}
              renderBelow={(tree) => (past !== null ? null : <FlipsBox viewer={viewer.viewer} number={search.why ?? ""} question={tree.question} onPut={onPut} />)}
            />
          </div>
        ) : null}
        {/* The form stays while "why" stands in front of it: what is typed must not be loaded again. */}
        <div className={classes.fill} hidden={Boolean(hasPreview && search.why && viewer && !bulk.editor)}>
          {bulk.editor ? (
            bulk.editor
          ) : open ? (
            <UserZone
              open={open}
              // What is put into the form takes the focus, so the form has to be in front.
              given={search.why ? null : given}
              onGiven={onGiven}
              onViewer={onViewer}
              onSaved={(id) => onOpen({ id })}
              onLeave={onLeave}
              onLike={onNew}
              onCompare={hasPreview ? (id) => bulk.compare([id]) : undefined}
              onOffboard={(id) => bulk.offboard({ ids: [id], all: null, except: [] })}
            />
          ) : (
            <EmptyState icon={UserRound} title={t("app.noForm")}>
              {t("app.noFormText")}
            </EmptyState>
          )}
        </div>
      </div>
    ),
  };
  const pane: Zone = { key: "preview", label: t("app.zone.preview"), min: 270, preferred: 320, children: preview };
  const zones = zonesFit === 1 ? [open || bulk.editor ? form : list] : zonesFit === 3 && hasPreview ? [list, form, pane] : [list, form];

  return (
    <div ref={ref} className={classes.screen}>
      {zonesFit === 1 && open ? <h1 className={classes.heard}>{t("users.title")}</h1> : null}
      <SplitView zones={zones} sizes={preferences.sizes} onSizes={(sizes) => change({ sizes })} />
      <Drawer
        opened={drawer && hasPreview && zonesFit < 3}
        onClose={() => setDrawer(false)}
        position="right"
        size={380}
        title={t("app.zone.preview")}
        closeButtonProps={{ "aria-label": t("kit.close") }}
        transitionProps={{ duration: 0 }}
        classNames={{ body: classes.drawer, content: classes.drawerContent }}
      >
        {preview}
      </Drawer>
      {bulk.dialog}
    </div>
  );
}
