import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { ChevronDown, FileInput, FileOutput, Redo2, Search, Settings, Undo2, X } from "lucide-react";
import { intentText } from "@/bridge/intentText";
import type { WorkspaceInfo } from "@/bridge/types";
import { useCloseWorkspace } from "@/bridge/writes";
import { Kbd } from "@/kit/Kbd";
import { useWords } from "@/words";
import { openPalette } from "./Palette";
import { useTimeTravel } from "./useTimeTravel";
import classes from "./Shell.module.css";

/** Which workspace this is, search or command, undo and redo, what is pending, the way to the export. */
export function TitleBar({ info }: { info: WorkspaceInfo }) {
  const words = useWords();
  const { t, number } = words;
  const travel = useTimeTravel(info);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const intent = (meant: WorkspaceInfo["undo"]) => (meant ? intentText(words, meant) : "");
  return (
    <header className={classes.bar} data-zone="title" aria-label={t("app.zone.title")}>
      <div className={classes.place}>
        <WorkspaceMenu info={info} />
        <span className={classes.badge}>{info.desk_name}</span>
        {info.sample ? <span className={classes.badge}>{t("app.sample")}</span> : null}
      </div>
      <button type="button" className={classes.search} onClick={openPalette} aria-keyshortcuts="Control+K">
        <Search size={14} strokeWidth={1.6} aria-hidden="true" />
        <span className={classes.searchText}>{t("app.palette")}</span>
        <Kbd keys="Ctrl K" />
      </button>
      <div className={classes.actions}>
        <Tooltip label={t("app.undo", { what: intent(info.undo) })}>
          <ActionIcon aria-label={t("app.undo", { what: intent(info.undo) })} disabled={!travel.canUndo} onClick={travel.undo} aria-keyshortcuts="Control+Z">
            <Undo2 size={15} strokeWidth={1.6} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("app.redo", { what: intent(info.redo) })}>
          <ActionIcon aria-label={t("app.redo", { what: intent(info.redo) })} disabled={!travel.canRedo} onClick={travel.redo} aria-keyshortcuts="Control+Shift+Z">
            <Redo2 size={15} strokeWidth={1.6} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        {info.pending > 0 ? (
          <a href="#/review" className={classes.changes} title={t("app.changes", { count: info.pending })}>
            <span className={classes.changesDot} aria-hidden="true" />
            <span>{number(info.pending)}</span>{" "}
            <span className={classes.changesWord}>{t("app.changesWord", { count: info.pending })}</span>
          </a>
        ) : null}
        <a href="#/review" className={classes.export} aria-current={path === "/review" ? "page" : undefined} aria-keyshortcuts="Control+E">
          <FileOutput size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className={classes.exportWord}>{t("app.export")}</span>
          <Kbd keys="Ctrl E" />
        </a>
      </div>
    </header>
  );
}

function WorkspaceMenu({ info }: { info: WorkspaceInfo }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const close = useCloseWorkspace();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.name} title={info.path}>
          <span className={classes.clip}>{info.name}</span>
          <ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {info.can_import ? (
          <Menu.Item leftSection={<FileInput size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => void navigate({ to: "/import" })}>
            {t("app.command.import")}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<Settings size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => void navigate({ to: "/settings" })}>
          {t("app.screen.settings")}
        </Menu.Item>
        <Menu.Item leftSection={<X size={14} strokeWidth={1.6} aria-hidden="true" />} onClick={() => close.mutate()}>
          {t("app.closeWorkspace")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
