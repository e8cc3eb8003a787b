import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { App } from "@/app/App";
import { type Scenario, createFake } from "@/bridge/fake";
import { type Backend, setBackendForTests } from "@/bridge/client";
import { ConfirmAction } from "@/kit/ConfirmAction";
import type { Language } from "@/words";

interface Start {
  scenario?: Scenario;
  /** The desk of the workspace. */
  desk?: string;
  /** The address after the "#". */
  at?: string;
  scheme?: "light" | "dark";
  language?: Language;
  /** A program that is there already. */
  backend?: Backend;
}

/** Opens the whole window over a fake program, and gives that program. */
export async function openWindow({ scenario = "sample", desk, at = "/users", scheme = "light", language = "en", backend }: Start = {}): Promise<Backend> {
  const program = backend ?? createFake(scenario, 0, desk);
  setBackendForTests(program);
  localStorage.setItem("portico.scheme", JSON.stringify(scheme));
  localStorage.setItem("portico.language", JSON.stringify(language));
  globalThis.location.hash = at;
  render(<App env="test" />);
  await screen.findByRole("main");
  return program;
}

/** Draws a part of the kit with what it stands on. */
export function renderKit(part: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: "always" } } });
  const wrap = (inside: ReactNode) => (
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <ConfirmAction>{inside}</ConfirmAction>
      </MantineProvider>
    </QueryClientProvider>
  );
  const drawn = render(wrap(part));
  return { ...drawn, again: (next: ReactNode) => drawn.rerender(wrap(next)) };
}
