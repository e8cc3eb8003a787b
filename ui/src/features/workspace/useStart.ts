import { useEffect, useRef } from "react";
import { asApiError } from "@/bridge/error";
import { useAskPassphrase } from "@/bridge/locked";
import { onFileDrop, pickFile, pickTarget } from "@/bridge/native";
import type { WorkspaceInfo } from "@/bridge/types";
import { useCreateWorkspace, useOpenSample, useOpenWorkspace } from "@/bridge/writes";
import { useWords } from "@/words";
import { remember } from "./recent";

const ENDING = "portico";

/** The name that a new workspace gets from its file: "Support" for ".../Support.portico". */
export function nameFromPath(path: string): string {
  const file = path.split(/[\\/]/).pop() ?? "";
  return file.replace(new RegExp(`\\.${ENDING}$`, "i"), "") || file;
}

/** The ways into a workspace. */
export interface Start {
  openSample: (desk: string) => Promise<void>;
  /** Opens a file; asks for it where none is given. */
  openFile: (path?: string) => Promise<void>;
  /** Asks where to keep a new workspace and makes it; false where the person thought better of it. */
  create: (desk: string, proposal: string) => Promise<boolean>;
  busy: boolean;
  /** What went wrong last. */
  error: unknown;
}

/** Opens and makes workspaces, and remembers them; a workspace file can also be dropped on the window. */
export function useStart(): Start {
  const { t } = useWords();
  const sample = useOpenSample();
  const open = useOpenWorkspace();
  const make = useCreateWorkspace();
  const ask = useAskPassphrase();
  const kinds = [{ name: t("workspace.fileKind"), extensions: [ENDING] }];
  const keep = (info: WorkspaceInfo | null) => (info ? remember(info) : undefined);

  const openFile = async (path?: string) => {
    const chosen = path ?? (await pickFile(t("workspace.openTitle"), kinds));
    if (chosen === null) return;
    sample.reset();
    make.reset();
    // The error stays in the mutation, where the screen reads it.
    await open.mutateAsync({ path: chosen }).then(keep, (thrown: unknown) => {
      if (asApiError(thrown).code === "locked") ask(chosen);
    });
  };
  const openSample = async (desk: string) => {
    open.reset();
    make.reset();
    await sample.mutateAsync(desk).then(() => undefined, () => undefined);
  };
  const create = async (desk: string, proposal: string) => {
    const path = await pickTarget(t("workspace.createTitle"), `${proposal}.${ENDING}`, kinds);
    if (path === null) return false;
    sample.reset();
    open.reset();
    return make.mutateAsync({ path, name: nameFromPath(path), desk }).then(
      (info) => {
        void keep(info);
        return true;
      },
      () => false,
    );
  };

  const dropped = useRef(openFile);
  useEffect(() => {
    dropped.current = openFile;
  });
  useEffect(() => {
    let over = false;
    let stop: (() => void) | null = null;
    void onFileDrop((paths) => {
      const path = paths.find((one) => one.toLowerCase().endsWith(`.${ENDING}`));
      if (path) void dropped.current(path);
    }).then((unlisten) => {
      if (over) unlisten();
      else stop = unlisten;
    });
    return () => {
      over = true;
      stop?.();
    };
  }, []);

  return {
    openSample,
    openFile,
    create,
    busy: sample.isPending || open.isPending || make.isPending,
    error: sample.error ?? open.error ?? make.error,
  };
}
