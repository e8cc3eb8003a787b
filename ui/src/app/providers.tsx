import { MantineProvider, useMantineColorScheme } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { recordHref } from "@/features/records/paths";
import { userHref } from "@/features/users/paths";
import { ConfirmAction } from "@/kit/ConfirmAction";
import "@/kit/escape";
import { type Links, LinksContext } from "@/kit/links";
import { Toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { PreferencesProvider, usePreferences } from "./state/preferences";
import { theme, variables } from "./theme/theme";

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The program says itself when something changed (workspace_changed); asking again on focus tells nothing new.
      queries: { refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false, staleTime: 5_000, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
}

/** Where forms are, for the kit. */
const links: Links = { person: userHref, account: (id) => recordHref("account", id) };

/** What every part of the window stands on: preferences, theme, words, queries, dialogs, toasts. */
export function Providers({ children, env }: { children: ReactNode; env?: "test" }) {
  const [client] = useState(newClient);
  return (
    <QueryClientProvider client={client}>
      <PreferencesProvider>
        <Themed env={env}>
          <LinksContext.Provider value={links}>
            <ConfirmAction>{children}</ConfirmAction>
          </LinksContext.Provider>
          <Floats />
          <Toasts />
        </Themed>
      </PreferencesProvider>
    </QueryClientProvider>
  );
}

function Themed({ children, env }: { children: ReactNode; env?: "test" }) {
  const { scheme } = usePreferences().preferences;
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme={scheme} env={env}>
      <SchemeFollows />
      {children}
    </MantineProvider>
  );
}

/** The preference leads, Mantine follows. */
function SchemeFollows() {
  const { scheme } = usePreferences().preferences;
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: false });
  useEffect(() => setColorScheme(scheme), [scheme, setColorScheme]);
  return null;
}

/** Where menus, dialogs and toasts appear: inside a landmark, so that none is lost to those who go by landmarks. */
function Floats() {
  const { t } = useWords();
  return <aside id="floats" aria-label={t("app.zone.floats")} />;
}
