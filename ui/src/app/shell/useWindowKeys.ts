import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { WorkspaceInfo } from "@/bridge/types";
import { isTyping } from "@/kit/typing";
import { nextZone } from "./zones";
import { useTimeTravel } from "./useTimeTravel";

/** Keys that work everywhere: undo and redo over the history, the export, from zone to zone, back to the list. */
export function useWindowKeys(info: WorkspaceInfo): void {
  const travel = useTimeTravel(info);
  const navigate = useNavigate();
  const onKey = (event: KeyboardEvent) => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (key === "f6") {
      event.preventDefault();
      nextZone(event.shiftKey ? -1 : 1);
    } else if (command && key === "e") {
      event.preventDefault();
      void navigate({ to: "/review" });
    } else if (command && (key === "z" || key === "y") && !isTyping(event.target)) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) travel.redo();
      else travel.undo();
    } else if (key === "escape" && !event.defaultPrevented && event.target instanceof Element && event.target.closest('[data-zone="form"]')) {
      document.querySelector<HTMLElement>('[data-zone="list"] [role="grid"]')?.focus();
    }
  };
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
