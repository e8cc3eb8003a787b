import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import axe from "axe-core";
import type { ReactElement } from "react";
import { theme, variables } from "@/app/theme/theme";
import { setBackendForTests, type Backend } from "@/bridge/client";
import { createFake, type Scenario } from "@/bridge/fake";
import { ConfirmAction } from "@/kit/ConfirmAction";
import { Toasts } from "@/kit/Toasts";

/** Draws something over the fake program, without its pauses; returns what the program was asked. */
export function drawOnFake(
  what: ReactElement,
  scenario: Scenario = "sample",
  scheme: "light" | "dark" = "light",
  desk = "otobo",
  fake = createFake(scenario, 0, desk),
) {
  const asked: string[] = [];
  const commands = Object.fromEntries(
    Object.entries(fake.commands).map(([name, command]) => [
      name,
      (...args: unknown[]) => {
        asked.push(name);
        return (command as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Backend["commands"];
  setBackendForTests({ ...fake, commands });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } });
  const tree = (inner: ReactElement) => (
    <MantineProvider env="test" theme={theme} cssVariablesResolver={variables} forceColorScheme={scheme}>
      <QueryClientProvider client={client}>
        <Toasts />
        <ConfirmAction>{inner}</ConfirmAction>
      </QueryClientProvider>
    </MantineProvider>
  );
  const view = render(tree(what));
  return { ...view, asked, fake, redraw: (next: ReactElement) => view.rerender(tree(next)) };
}

/** What axe finds, in short: rule and place. Colours need a real browser and are checked there. */
export async function axeFindings(within: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(within, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`));
}

type Commands = Backend["commands"];

/** The fake with other answers. */
export function withCommands(change: (commands: Commands) => Partial<Commands>): ReturnType<typeof createFake> {
  const fake = createFake("sample", 0);
  return { ...fake, commands: { ...fake.commands, ...change(fake.commands) } };
}
