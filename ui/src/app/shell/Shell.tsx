import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { asApiError } from "@/bridge/error";
import { useLocked } from "@/bridge/locked";
import { useWorkspace, useWorkspaceEvents } from "@/bridge/reads";
import type { WorkspaceInfo } from "@/bridge/types";
import { FirstStart } from "@/features/workspace/FirstStart";
import { LockedScreen } from "@/features/workspace/LockedScreen";
import { FailedState } from "@/kit/FailedState";
import { useWords } from "@/words";
import { ErrorBoundary } from "../ErrorBoundary";
import { BackToMatrix } from "./BackToMatrix";
import { Navigation } from "./Navigation";
import { Palette } from "./Palette";
import { TitleBar } from "./TitleBar";
import { useWindowKeys } from "./useWindowKeys";
import classes from "./Shell.module.css";

/** The window: first start while nothing is open, else title bar, navigation and the screen. */
export function Shell() {
  const { t } = useWords();
  const workspace = useWorkspace();
  const locked = useLocked();
  const navigate = useNavigate();
  useWorkspaceEvents();
  const name = workspace.data?.name;
  useEffect(() => {
    document.title = name ? t("app.windowTitle", { name }) : t("app.name");
  }, [name, t]);

  if (workspace.data === undefined || (workspace.data === null && locked === undefined)) {
    return (
      <main className={classes.window} aria-busy={!workspace.error}>
        <h1 className={classes.heard}>{t("app.name")}</h1>
        {workspace.error ? <FailedState error={asApiError(workspace.error)} onRetry={() => void workspace.refetch()} /> : null}
      </main>
    );
  }
  if (workspace.data === null && locked) return <LockedScreen key={locked.path} path={locked.path} />;
  if (workspace.data === null) return <FirstStart onImport={() => void navigate({ to: "/import" })} />;
  return <OpenWindow info={workspace.data} />;
}

function OpenWindow({ info }: { info: WorkspaceInfo }) {
  const { t } = useWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useWindowKeys(info);
  return (
    <div className={classes.window}>
      <a href="#main" className={classes.skip} onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>
        {t("app.skip")}
      </a>
      <TitleBar info={info} />
      <div className={classes.below}>
        <Navigation info={info} />
        <main id="main" tabIndex={-1} className={classes.main}>
          <BackToMatrix />
          <div className={classes.fill}>
            {/* Another screen starts without the last one's error. */}
            <ErrorBoundary key={path}>
              <Outlet />
            </ErrorBoundary>
          </div>
        </main>
      </div>
      <Palette info={info} />
    </div>
  );
}
