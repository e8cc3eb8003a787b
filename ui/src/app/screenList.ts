import {
  ArrowLeftRight, Building2, CircleDot, Contact, Cpu, FolderTree, Headset, History, Inbox, LayoutDashboard, ListChecks, type LucideIcon, MapPin, PanelsTopLeft, ScanSearch, Server, Settings, Shield, ShieldCheck, SlidersHorizontal, SquareStack, Tag, Ticket as TicketIcon, Users,
} from "lucide-react";
import type { WorkspaceInfo } from "@/bridge/types";

/** A screen of the window. */
export interface Screen {
  path: "/overview" | "/users" | "/accounts" | "/groups" | "/tickets" | "/findings" | "/expectations" | "/portal" | "/review" | "/history" | "/desks" | "/settings";
  /** Key of its name in the catalogue. */
  name: string;
  icon: LucideIcon;
  /** How much there is, shown beside its name. */
  count?: (info: WorkspaceInfo) => number;
  /** Whether the workspace has a use for it; always where nothing is said. */
  shown?: (info: WorkspaceInfo) => boolean;
  /** Whether the count is yours to work off: it has the colour of changes. */
  yours?: boolean;
}

const allGroups: Screen[][] = [
  [
    { path: "/overview", name: "app.screen.overview", icon: LayoutDashboard },
    { path: "/users", name: "app.screen.users", icon: Users, count: (info) => info.counts.users },
    { path: "/groups", name: "app.screen.groups", icon: Shield, count: (info) => info.counts.groups },
    { path: "/tickets", name: "app.screen.tickets", icon: TicketIcon, shown: (info) => info.preview },
    { path: "/portal", name: "app.screen.portal", icon: PanelsTopLeft },
  ],
  [
    { path: "/findings", name: "app.screen.findings", icon: ScanSearch },
    { path: "/expectations", name: "app.screen.expectations", icon: ShieldCheck, shown: (info) => info.preview },
    { path: "/review", name: "app.screen.review", icon: ListChecks, count: (info) => info.pending, yours: true },
    { path: "/history", name: "app.screen.history", icon: History },
  ],
  [
    { path: "/desks", name: "app.screen.desks", icon: ArrowLeftRight, shown: (info) => info.translations.length > 0 },
    { path: "/settings", name: "app.screen.settings", icon: Settings },
  ],
];

const directoryIcons: Record<string, LucideIcon> = {
  account: Building2, contact: Contact, address: MapPin, machine: Cpu, agent: Headset, permission_group: Shield, queue: Inbox, ticket_type: Tag,
  ticket_state: CircleDot, ticket_priority: SlidersHorizontal, service: SquareStack, portal_object: FolderTree, backend: Server,
};

/** The icon of a kind of record. */
export const directoryIcon = (entity: string): LucideIcon => directoryIcons[entity] ?? SquareStack;

/** The screens in groups, as the navigation shows them: those that the workspace has a use for. */
export function screenGroupsOf(info: WorkspaceInfo): Screen[][] {
  return allGroups.map((group) => group.filter((screen) => screen.shown?.(info) ?? true)).filter((group) => group.length > 0);
}
