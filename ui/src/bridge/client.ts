import { commands as tauriCommands, events as tauriEvents } from "./bindings.gen";
import type { ApiError as ApiErrorData, Progress, WorkspaceChanged } from "./bindings.gen";
import { ApiError } from "./error";

/** The commands as generated: what a fake has to offer as well. */
export type Commands = typeof tauriCommands;

/** What a program behind the window is: its commands and its two events. */
export interface Backend {
  commands: Commands;
  onProgress(listener: (progress: Progress) => void): Promise<() => void>;
  onChanged(listener: (changed: WorkspaceChanged) => void): Promise<() => void>;
}

type Outcome<T> = { status: "ok"; data: T } | { status: "error"; error: ApiErrorData };

type Plain<F> = F extends (...args: infer A) => Promise<infer R>
  ? (...args: A) => Promise<R extends { status: "ok"; data: infer T } ? T : never>
  : never;

/** The commands as the window calls them: a value, or a thrown ApiError. */
export type Api = { [K in keyof Commands]: Plain<Commands[K]> };

/** Whether the real program is there, and not just a browser. */
export const isDesktop = "__TAURI_INTERNALS__" in globalThis;

const tauriBackend: Backend = {
  commands: tauriCommands,
  onProgress: (listener) => tauriEvents.progressEvent.listen((event) => listener(event.payload)),
  onChanged: (listener) => tauriEvents.workspaceChanged.listen((event) => listener(event.payload)),
};

let chosen: Promise<Backend> | null = null;

/** The program behind the window: the real one, or the fake when there is only a browser. */
export function backend(): Promise<Backend> {
  chosen ??= isDesktop
    ? Promise.resolve(tauriBackend)
    : import("./fake").then((fake) => fake.createFake(fake.scenarioFromAddress(), undefined, fake.deskFromAddress()));
  return chosen;
}

/** Puts another program behind the window, for tests. */
export function setBackendForTests(replacement: Backend): void {
  chosen = Promise.resolve(replacement);
}

async function call(name: keyof Commands, args: unknown[]): Promise<unknown> {
  const command = (await backend()).commands[name] as (...args: unknown[]) => Promise<Outcome<unknown>>;
  const outcome = await command(...args);
  if (outcome.status === "error") throw new ApiError(outcome.error);
  return outcome.data;
}

/** All commands; each resolves to its value or rejects with an ApiError. */
export const api = Object.fromEntries(
  (Object.keys(tauriCommands) as (keyof Commands)[]).map((name) => [name, (...args: unknown[]) => call(name, args)]),
) as unknown as Api;
