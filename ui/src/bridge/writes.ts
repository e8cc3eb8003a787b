import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { ApplyInput, DatabaseLogin, ImportInput, InitialPasswords, PassphraseInput, SaveTemplate, SaveUser, SettingInput, Settle, UserForm, WorkspaceInfo } from "./bindings.gen";
import { api } from "./client";
import { allTags, invalidate, keys, type Tag } from "./keys";

/** Another workspace: nothing that was known of the one before may stay on the screen. */
function replaceWorkspace(client: QueryClient, info: WorkspaceInfo | null): void {
  client.setQueryData(keys.workspace(), info);
  client.setQueryData(keys.locked(), null);
  const stays = ["workspace", "locked", "stored"];
  client.removeQueries({ predicate: ({ queryKey }) => !stays.includes(String(queryKey[0])) });
}

function useReplacing<Input>(write: (input: Input) => Promise<WorkspaceInfo | null>) {
  const client = useQueryClient();
  // What was given, a passphrase perhaps, is kept no longer than it is looked at.
  return useMutation({ mutationFn: write, gcTime: 0, onSuccess: (info) => replaceWorkspace(client, info) });
}

/** A write that makes these tags old; its answer is there once they have been asked again. */
export function useWriting<Input, Output>(write: (input: Input) => Promise<Output>, tags: readonly Tag[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => invalidate(client, tags) });
}

/** Opens a workspace file, by its path; with its passphrase where it has one. */
export const useOpenWorkspace = () =>
  useReplacing((input: { path: string; passphrase?: string }) => api.openWorkspace(input.path, input.passphrase ?? null));

/** Opens the built-in sample of a desk. */
export const useOpenSample = () => useReplacing((desk: string) => api.openSample(desk));

/** Makes an empty workspace for a desk. */
export const useCreateWorkspace = () =>
  useReplacing((input: { path: string; name: string; desk: string }) =>
    api.createWorkspace(input.path, input.name, input.desk),
  );

/** Closes the workspace. */
export const useCloseWorkspace = () => useReplacing<void>(() => api.closeWorkspace());

/** Sets (`new`), changes (both) or removes (`current`) the workspace's passphrase. */
export function useChangePassphrase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { passphrase: PassphraseInput; job: string }) => api.changePassphrase(input.passphrase, input.job),
    // Passphrases are kept no longer than they are needed.
    gcTime: 0,
    onSuccess: (info) => client.setQueryData(keys.workspace(), info),
  });
}

/** Gives or confirms settings of the desk. */
export const useSetSettings = () =>
  useWriting((settings: SettingInput[]) => api.setSettings(settings), ["workspace", "users", "preview", "plan", "history"]);

/** Keeps settings that are being edited; the screen itself knows them already. */
export const usePutSettingsDraft = () => useMutation({ mutationFn: (settings: SettingInput[]) => api.putSettingsDraft(settings) });

/** Saves a person; `draft` is the key under which a new one's form was kept, `typed` a password that was typed for her. */
export function useSaveUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (save: { input: SaveUser; draft: string | null; typed?: string | null }) => api.saveUser(save.input, save.draft, save.typed ?? null),
    // A password that was typed is kept no longer than it is needed.
    gcTime: 0,
    onSuccess: () => invalidate(client, allTags),
  });
}

/** What the desk would not take in a form; writes nothing, but is asked on demand and never cached. */
export const useCheckUser = () =>
  useMutation({ mutationFn: (input: { id: string | null; form: UserForm }) => api.checkUser(input.id, input.form) });

/** Keeps a draft for later (`key`: the person's id, or "new"); the form itself knows it already. */
export const usePutDraft = () =>
  useMutation({ mutationFn: (input: { key: string; form: UserForm }) => api.putDraft(input.key, input.form) });

/** Throws a draft away. */
export const useDiscardDraft = () => useWriting((key: string) => api.discardDraft(key), ["users"]);

/** Keeps a template. */
export const useSaveTemplate = () =>
  useWriting((input: SaveTemplate) => api.saveTemplate(input), ["workspace", "users", "history"]);

/** Forgets a template. */
export const useDeleteTemplate = () => useWriting((id: string) => api.deleteTemplate(id), ["workspace", "users", "history"]);

/** Imports from the desk, or rehearses it. */
export function useImportDesk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { input: ImportInput; job: string; login: DatabaseLogin | null }) => api.importDesk(input.input, input.job, input.login),
    // The password of a database is kept no longer than it is needed.
    gcTime: 0,
    onSuccess: (report) => (report.dry_run ? undefined : invalidate(client, allTags)),
  });
}

/** Writes the export into a folder. */
export function useExportDesk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { folder: string; initial: InitialPasswords | null; job: string }) => api.exportDesk(input.folder, input.initial, input.job),
    // The passphrase of the list is kept no longer than it is needed.
    gcTime: 0,
    onSuccess: () => invalidate(client, ["workspace", "plan", "users", "history"]),
  });
}

/** Applies what is pending to the desk's database, or rehearses that. */
export function useApplyDesk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { input: ApplyInput; login: DatabaseLogin; job: string }) => api.applyDesk(input.input, input.job, input.login),
    // Passwords are kept no longer than they are needed.
    gcTime: 0,
    onSuccess: (report) => (report.dry_run || report.refused ? undefined : invalidate(client, ["workspace", "plan", "users", "history"])),
  });
}

/** Asks long work to stop. */
export const useCancelJob = () => useMutation({ mutationFn: (job: string) => api.cancelJob(job) });

/** Settles conflicts. */
export const useSettle = () => useWriting((choices: Settle[]) => api.settle(choices), allTags);

/** Takes the last change back. */
export const useUndo = () => useWriting<void, WorkspaceInfo>(() => api.undo(), allTags);

/** Does again what was taken back. */
export const useRedo = () => useWriting<void, WorkspaceInfo>(() => api.redo(), allTags);
