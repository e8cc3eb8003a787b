import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { AccountsScreen, GroupsScreen } from "./screens/DirectoryScreens";
import { HistoryScreen, ImportScreen, ReviewScreen, SettingsScreen } from "./screens/WorkScreens";
import { UsersScreen } from "./screens/UsersScreen";
import { Shell } from "./shell/Shell";
import { readUsersSearch } from "./usersSearch";

const root = createRootRoute({ component: Shell });
const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/users" });
  },
});
const users = createRoute({ getParentRoute: () => root, path: "/users", component: UsersScreen, validateSearch: readUsersSearch });
const accounts = createRoute({ getParentRoute: () => root, path: "/accounts", component: AccountsScreen });
const groups = createRoute({ getParentRoute: () => root, path: "/groups", component: GroupsScreen });
const review = createRoute({ getParentRoute: () => root, path: "/review", component: ReviewScreen });
const history = createRoute({ getParentRoute: () => root, path: "/history", component: HistoryScreen });
const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: SettingsScreen });
const imports = createRoute({ getParentRoute: () => root, path: "/import", component: ImportScreen });
const tree = root.addChildren([index, users, accounts, groups, review, history, settings, imports]);

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
