import { Button, Group } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { Check, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { say } from "@/words";

/** A way on, offered in a toast. */
export interface ToastAction {
  /** The verb. */
  label: string;
  /** What it does; the toast closes. */
  run: () => void;
}

let counter = 0;
/** The news in sight, oldest first. */
let news: string[] = [];

/** Lets the oldest news go: beyond the limit a toast would wait unseen until another one is closed. */
function makeRoom(id: string): void {
  news = [...news, id];
  for (const old of news.slice(0, -2)) notifications.hide(old);
  news = news.slice(-2);
}

function show(kind: "done" | "failed", text: ReactNode, action?: ToastAction): void {
  counter += 1;
  const id = `toast-${kind}-${counter}`;
  if (kind === "done") makeRoom(id);
  const run = () => {
    notifications.hide(id);
    action?.run();
  };
  notifications.show({
    id,
    // A failure stays until it is read.
    autoClose: kind === "failed" ? false : 6000,
    color: kind === "failed" ? "var(--blocked)" : "var(--passed)",
    icon: kind === "failed" ? <TriangleAlert size={14} aria-hidden="true" /> : <Check size={14} aria-hidden="true" />,
    withBorder: false,
    closeButtonProps: { "aria-label": say("kit.close") },
    role: kind === "failed" ? "alert" : "status",
    message: (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span>{text}</span>
        {action ? (
          <Button variant="subtle" onClick={run}>
            {action.label}
          </Button>
        ) : null}
      </Group>
    ),
  });
}

/** Short news at the lower edge: what was done, what failed. */
export const toasts = {
  /** Something was done. */
  done: (text: ReactNode, action?: ToastAction) => show("done", text, action),
  /** Something failed: what, and what to do. Stays until closed. */
  failed: (text: ReactNode, action?: ToastAction) => show("failed", text, action),
  /** Takes all of them away, those that wait too. */
  clear: () => {
    notifications.cleanQueue();
    notifications.clean();
    news = [];
  },
};

/** Where toasts appear; once, in the app. */
export function Toasts() {
  return <Notifications position="bottom-left" limit={6} containerWidth={380} />;
}
