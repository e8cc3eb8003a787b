import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { ImportInput, SaveUser, SettingInput, Settle, UserForm, WorkspaceInfo } from "./bindings.gen";
import { api } from "./client";
import { allTags, invalidate, keys, type Tag } from "./keys";

/** Another workspace: nothing that was known before may stay on the screen. */
function replaceWorkspace(client: QueryClient, info: WorkspaceInfo | null): void {
  client.setQueryData(keys.workspace(), info);
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== "workspace" });
}

function useReplacing<Input>(write: (input: Input) => Promise<WorkspaceInfo | null>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: (info) => replaceWorkspace(client, info) });
}

/** A write that makes these tags old; its answer is there once they have been asked again. */
function useWriting<Input, Output>(write: (input: Input) => Promise<Output>, tags: readonly Tag[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => invalidate(client, tags) });
}

/** Opens a workspace file, by its path. */
export const useOpenWorkspace = () => useReplacing((path: string) => api.openWorkspace(path));

/** Opens the built-in sample. */
export const useOpenSample = () => useReplacing<void>(() => api.openSample());

/** Makes an empty workspace for a desk. */
export const useCreateWorkspace = () =>
  useReplacing((input: { path: string; name: string; desk: string }) =>
    api.createWorkspace(input.path, input.name, input.desk),
  );

/** Closes the workspace. */
export const useCloseWorkspace = () => useReplacing<void>(() => api.closeWorkspace());

/** Gives or confirms settings of the desk. */
export const useSetSettings = () =>
  useWriting((settings: SettingInput[]) => api.setSettings(settings), ["workspace", "users", "preview", "plan", "history"]);

/** Saves a person. */
export const useSaveUser = () => useWriting((input: SaveUser) => api.saveUser(input), allTags);

/** What the desk would not take in a form; writes nothing, but is asked on demand and never cached. */
export const useCheckUser = () =>
  useMutation({ mutationFn: (input: { id: string | null; form: UserForm }) => api.checkUser(input.id, input.form) });

/** Keeps a draft for later (`key`: the person's id, or "new"); the form itself knows it already. */
export const usePutDraft = () =>
  useMutation({ mutationFn: (input: { key: string; form: UserForm }) => api.putDraft(input.key, input.form) });

/** Throws a draft away. */
export const useDiscardDraft = () => useWriting((key: string) => api.discardDraft(key), ["users"]);

/** Imports from the desk, or rehearses it. */
export function useImportDesk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { input: ImportInput; job: string }) => api.importDesk(input.input, input.job),
    onSuccess: (report) => (report.dry_run ? undefined : invalidate(client, allTags)),
  });
}

/** Writes the export into a folder. */
export const useExportDesk = () =>
  useWriting((input: { folder: string; job: string }) => api.exportDesk(input.folder, input.job), [
    "workspace",
    "plan",
    "users",
    "history",
  ]);

/** Asks long work to stop. */
export const useCancelJob = () => useMutation({ mutationFn: (job: string) => api.cancelJob(job) });

/** Settles conflicts. */
export const useSettle = () => useWriting((choices: Settle[]) => api.settle(choices), allTags);

/** Takes the last change back. */
export const useUndo = () => useWriting<void, WorkspaceInfo>(() => api.undo(), allTags);

/** Does again what was taken back. */
export const useRedo = () => useWriting<void, WorkspaceInfo>(() => api.redo(), allTags);
