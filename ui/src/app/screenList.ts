import { Building2, History, ListChecks, type LucideIcon, Settings, Shield, Users } from "lucide-react";
import type { WorkspaceInfo } from "@/bridge/types";

/** A screen of the window. */
export interface Screen {
  path: "/users" | "/accounts" | "/groups" | "/review" | "/history" | "/settings";
  /** Key of its name in the catalogue. */
  name: string;
  icon: LucideIcon;
  /** How much there is, shown beside its name. */
  count?: (info: WorkspaceInfo) => number;
  /** Whether the count is yours to work off: it has the colour of changes. */
  yours?: boolean;
}

/** The screens in groups, as the navigation shows them. */
export const screenGroups: Screen[][] = [
  [
    { path: "/users", name: "app.screen.users", icon: Users, count: (info) => info.counts.users },
    { path: "/accounts", name: "app.screen.accounts", icon: Building2, count: (info) => info.counts.accounts },
    { path: "/groups", name: "app.screen.groups", icon: Shield, count: (info) => info.counts.groups },
  ],
  [
    { path: "/review", name: "app.screen.review", icon: ListChecks, count: (info) => info.pending, yours: true },
    { path: "/history", name: "app.screen.history", icon: History },
  ],
  [{ path: "/settings", name: "app.screen.settings", icon: Settings }],
];
