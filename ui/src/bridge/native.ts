import { isDesktop } from "./client";

/** A kind of file, for the dialogs: what people read, and the endings without a dot. */
export interface FileKind {
  name: string;
  extensions: string[];
}

/** Asks for a file; null when the person thinks better of it. */
export async function pickFile(title: string, kinds: FileKind[]): Promise<string | null> {
  if (!isDesktop) return browserPick(title, `/home/demo/${kinds[0]?.extensions[0] ?? "file"}`);
  const { open } = await import("@tauri-apps/plugin-dialog");
  return open({ title, filters: kinds, multiple: false, directory: false });
}

/** Asks for a folder; null when the person thinks better of it. */
export async function pickFolder(title: string): Promise<string | null> {
  if (!isDesktop) return browserPick(title, "/home/demo/dump");
  const { open } = await import("@tauri-apps/plugin-dialog");
  return open({ title, multiple: false, directory: true });
}

/** Asks where to write a file; null when the person thinks better of it. */
export async function pickTarget(title: string, proposal: string, kinds: FileKind[]): Promise<string | null> {
  if (!isDesktop) return browserPick(title, `/home/demo/${proposal}`);
  const { save } = await import("@tauri-apps/plugin-dialog");
  return save({ title, defaultPath: proposal, filters: kinds });
}

/** A browser has no such dialog: a prompt stands in for it while the window is being developed. */
function browserPick(title: string, proposal: string): Promise<string | null> {
  return Promise.resolve(globalThis.prompt ? globalThis.prompt(title, proposal) : proposal);
}

const PREFERENCES = "window.json";

/** Reads something the window remembers (theme, language, sizes, recent files); null when it never did. */
export async function readPreference<T>(key: string): Promise<T | null> {
  if (!isDesktop) {
    const text = globalThis.localStorage?.getItem(`portico.${key}`);
    return text ? (JSON.parse(text) as T) : null;
  }
  const { load } = await import("@tauri-apps/plugin-store");
  return (await (await load(PREFERENCES)).get<T>(key)) ?? null;
}

/** Remembers something for the window. */
export async function writePreference(key: string, value: unknown): Promise<void> {
  if (!isDesktop) {
    globalThis.localStorage?.setItem(`portico.${key}`, JSON.stringify(value));
    return;
  }
  const { load } = await import("@tauri-apps/plugin-store");
  const store = await load(PREFERENCES);
  await store.set(key, value);
  await store.save();
}

/** Calls back with the paths of files dropped on the window. */
export async function onFileDrop(listener: (paths: string[]) => void): Promise<() => void> {
  if (!isDesktop) return () => undefined;
  const { getCurrentWebview } = await import("@tauri-apps/api/webview");
  return getCurrentWebview().onDragDropEvent((event) => {
    if (event.payload.type === "drop") listener(event.payload.paths);
  });
}
