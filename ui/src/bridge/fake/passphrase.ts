import type { FieldProblem, PassphraseInput, WorkspaceInfo } from "../bindings.gen";
import { Refusal } from "./refusal";

/** The file that is locked in the scenario `locked`. */
export const LOCKED = "/home/marta/Documents/support.portico";
/** What opens it. */
export const PASSPHRASE = "correct horse battery staple";

/** What is wrong with a new passphrase, or worth knowing about it. */
function problemOf(text: string): FieldProblem | null {
  const problem = (code: string, warning: boolean, detail: [string, string][] = []): FieldProblem => ({ field: "new", code: `passphrase.problem.${code}`, detail, message: code, warning });
  if (text.trim() === "") return problem("empty", false);
  if ([...text].length < 12) return problem("short", true, [["least", "12"]]);
  return new Set(text).size < 5 ? problem("simple", true) : null;
}

/** What the commands need of the desk that plays. */
interface Played {
  /** The open workspace's passphrase. */
  passphrase: string | null;
  open(): unknown;
  info(): WorkspaceInfo;
  tell(...tags: string[]): void;
  work(job: string, stages: readonly (readonly [string, string, number])[]): Promise<void>;
  scenario: string;
}

/** The passphrase: what is locked, and setting, changing and removing it. */
export function locking(desk: Played) {
  return {
    lockedWorkspace: () => (desk.scenario === "locked" ? { path: LOCKED } : null),
    checkPassphrase: (text: string) => problemOf(text),
    changePassphrase: async (input: PassphraseInput, job: string) => {
      desk.open();
      const problem = input.new === null ? null : problemOf(input.new);
      if (problem && !problem.warning) throw new Refusal("invalid", "The form is not acceptable", { fields: [problem] });
      if (input.current !== desk.passphrase) throw new Refusal("wrong_passphrase", "This is not the workspace's passphrase");
      await desk.work(job, [["rewriting", "tickets", 0], ["rewriting", "workspace", 0]]);
      desk.passphrase = input.new;
      desk.tell("workspace");
      return desk.info();
    },
  };
}

/** Refuses to open the locked file without its passphrase. */
export function unlock(path: string, passphrase: string | null): void {
  if (path !== LOCKED) return;
  if (passphrase === null || passphrase.trim() === "") throw new Refusal("locked", "The workspace is locked");
  if (passphrase !== PASSPHRASE) throw new Refusal("wrong_passphrase", "This is not the workspace's passphrase");
}
