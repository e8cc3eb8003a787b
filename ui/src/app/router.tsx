import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { ExpectationsScreen, readExpectationsSearch } from "./screens/ExpectationsScreen";
import { GroupsScreen } from "./screens/DirectoryScreens";
import {
  DesksScreen, ExportsScreen, FindingsScreen, HistoryScreen, ImportScreen, OverviewScreen, PortalScreen, ReviewScreen, SettingsScreen, readExportsSearch, readFindingsSearch, readImportSearch,
} from "./screens/WorkScreens";
import { RecordsScreen, readRecordsSearch } from "./screens/RecordsScreen";
import { TicketsScreen, readTicketsSearch } from "./screens/TicketsScreen";
import { UsersScreen } from "./screens/UsersScreen";
import { Shell } from "./shell/Shell";
import { readGroupsSearch } from "./groupsSearch";
import { readUsersSearch } from "./usersSearch";

const root = createRootRoute({ component: Shell });
const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/users" });
  },
});
const overview = createRoute({ getParentRoute: () => root, path: "/overview", component: OverviewScreen });
const users = createRoute({ getParentRoute: () => root, path: "/users", component: UsersScreen, validateSearch: readUsersSearch });
/** Accounts are one kind of record; old addresses still lead there. */
const accounts = createRoute({
  getParentRoute: () => root,
  path: "/accounts",
  beforeLoad: () => {
    throw redirect({ to: "/records/$entity", params: { entity: "account" } });
  },
});
const records = createRoute({ getParentRoute: () => root, path: "/records/$entity", component: RecordsScreen, validateSearch: readRecordsSearch });
const groups = createRoute({ getParentRoute: () => root, path: "/groups", component: GroupsScreen, validateSearch: readGroupsSearch });
const tickets = createRoute({ getParentRoute: () => root, path: "/tickets", component: TicketsScreen, validateSearch: readTicketsSearch });
const portal = createRoute({ getParentRoute: () => root, path: "/portal", component: PortalScreen });
const findings = createRoute({ getParentRoute: () => root, path: "/findings", component: FindingsScreen, validateSearch: readFindingsSearch });
const expectations = createRoute({ getParentRoute: () => root, path: "/expectations", component: ExpectationsScreen, validateSearch: readExpectationsSearch });
const review = createRoute({ getParentRoute: () => root, path: "/review", component: ReviewScreen });
const history = createRoute({ getParentRoute: () => root, path: "/history", component: HistoryScreen });
const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: SettingsScreen });
const imports = createRoute({ getParentRoute: () => root, path: "/import", component: ImportScreen, validateSearch: readImportSearch });
const exported = createRoute({ getParentRoute: () => root, path: "/exports", component: ExportsScreen, validateSearch: readExportsSearch });
const desks = createRoute({ getParentRoute: () => root, path: "/desks", component: DesksScreen });
const tree = root.addChildren([index, overview, users, accounts, records, groups, tickets, portal, findings, expectations, review, history, settings, imports, exported, desks]);

/** Addresses hold plain texts, so that a link can be written by hand and an id of digits stays an id. */
export function makeRouter() {
  return createRouter({
    routeTree: tree,
    history: createHashHistory(),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const given = Object.entries(search).filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== "");
      const text = new URLSearchParams(given).toString();
      return text === "" ? "" : `?${text}`;
    },
    defaultNotFoundComponent: () => null,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
