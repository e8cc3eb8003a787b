import { givesTables } from "../desks";
import type { ApplyRefusal, ApplyReport, ExportRow, LedgerOperation, Outcome, OutcomeReason, PlanOperation, VerifiedField, VerifiedOperation, VerifyReport } from "../bindings.gen";
import type { Commands } from "../client";
import { asked, isDatabase, isInterface, nameOf, seen } from "./database";
import { filesOf, planOf } from "./desk";
import type { FakeDesk } from "./index";
import { forgetPasswords } from "./passwords";
import { Refusal } from "./refusal";
import { abilities } from "./scenario";
import { NOW } from "./world";

/** What a person does by hand. */
const WORKLIST = "worklist.html";

interface Kept {
  row: Omit<ExportRow, "done">;
  operations: LedgerOperation[];
}

type Exporting = Pick<Commands, "exportDesk" | "listExports" | "exportOperations" | "tickSteps" | "checkExportFiles" | "verifyExport" | "settleOperations" | "forgetPassword" | "applyDesk">;
type Plain = { [K in keyof Exporting]: (...args: Parameters<Exporting[K]>) => unknown };

/** Exports of the fake, and what became of them. */
export function exporting(desk: FakeDesk): Plain {
  const ledger: Kept[] = [];
  const find = (id: string): Kept => {
    const found = ledger.find(({ row }) => row.id === id);
    if (!found) throw new Refusal("not_found", "There is no such export");
    return found;
  };
  const told = ({ row, operations }: Kept): ExportRow => ({ ...row, done: operations.filter((one) => one.done_by !== null).length });
  return {
    exportDesk: async (folder, initial, job) => {
      const plan = planOf(desk.open());
      await desk.work(job, [["writing", "operations", plan.operations.length]]);
      const passwords = forgetPasswords(desk.open().people.values(), desk.passwords, initial !== null);
      const id = `0199f4a1-7e11-7000-8000-${String(ledger.length + 1).padStart(12, "0")}`;
      const files = filesOf(desk.open().desk);
      const operations = plan.operations.map((one, position) => ({ ...one, position, by_hand: one.target === WORKLIST, done_by: null, done_at: null }));
      const at = new Date(NOW + ledger.length * 3_600_000).toISOString();
      const steps = operations.filter((one) => one.by_hand).length;
      const row = { id, at, actor: "marta", program: "0.1.0", folder, applied: false, unsure: 0, files, operations: operations.length, steps, not_exported: plan.not_exported.length, passwords };
      ledger.unshift({ row, operations });
      desk.tell("workspace", "plan", "users", "history");
      return { id, folder, files, operations: operations.length, not_exported: plan.not_exported.length, passwords, initial_passwords: initial?.path ?? null };
    },
    listExports: () => ledger.map(told),
    exportOperations: (id) => find(id).operations,
    tickSteps: (id, positions, done) => {
      const kept = find(id);
      const [done_by, done_at] = done ? ["marta", new Date(NOW).toISOString()] : [null, null];
      kept.operations = kept.operations.map((one) => (positions.includes(one.position) ? { ...one, done_by, done_at } : one));
      desk.tell("history");
      return told(kept);
    },
    checkExportFiles: (folder) => {
      const kept = ledger.find(({ row }) => row.folder === folder);
      if (!kept) throw new Refusal("storage", `${folder}/manifest.json: no such file`);
      return { export: kept.row.id, known: true, files: [...kept.row.files.map(({ name }) => ({ name, state: "same" })), { name: "manifest.json", state: "same" }] };
    },
    applyDesk: async (input, job, login) => {
      const database = seen(input.to, login);
      const plan = planOf(desk.open());
      if (input.agreed !== null && input.agreed !== plan.mark) throw new Refusal("stale", "The changes are others than those that were agreed to");
      await desk.work(job, plan.operations.map((_, done) => ["applying", "operations", done]));
      const report: ApplyReport = { server: database.server, database: nameOf(input.to), dry_run: input.dry_run, operations: plan.operations.length, applied: 0, there: 0, not_exported: plan.not_exported.length, passwords: 0, initial_passwords: null, export: null, refused: null, left: [] };
      const against = plan.operations.findIndex((one) => one.kind === "update");
      if (report.database === "drifted" && against >= 0) return { ...report, refused: refusedAt(plan.operations, against) };
      const there = ledger.some(({ row }) => row.folder === input.to) ? plan.operations.length : 0;
      const told = { ...report, applied: plan.operations.length - there, there };
      if (input.dry_run) return told;
      const left = [{ code: "left.cache", words: "Clear the desk's cache:", command: "bin/otobo.Console.pl Maint::Cache::Delete" }];
      if (told.applied === 0) return { ...told, left };
      const passwords = forgetPasswords(desk.open().people.values(), desk.passwords, input.initial !== null);
      const id = `0199f4a1-7e11-7000-8000-${String(ledger.length + 1).padStart(12, "0")}`;
      const at = new Date(NOW + ledger.length * 3_600_000).toISOString();
      const operations = plan.operations.map((one, position) => ({ ...one, position, by_hand: false, ...(report.database === "unsure" ? { done_by: null, done_at: null } : { done_by: "marta", done_at: at }) }));
      const unsure = report.database === "unsure" ? operations.length : 0;
      const row = { id, at, actor: "marta", program: "0.1.0", folder: input.to, applied: true, unsure, files: [], operations: operations.length, steps: 0, not_exported: plan.not_exported.length, passwords };
      ledger.unshift({ row, operations });
      desk.tell("workspace", "plan", "users", "history");
      if (unsure > 0) throw new Refusal("storage", "The connection broke at the very end", { fields: [{ field: "host", code: "database.unsure", detail: [["server", database.server], ["reason", "Connection reset by peer"]], message: "", warning: false }] });
      return { ...told, passwords, initial_passwords: input.initial?.path ?? null, export: id, left };
    },
    verifyExport: async (input, job, login) => {
      if (isDatabase(input.path)) seen(input.path, login);
      if (isInterface(input.path)) asked(input.path);
      if (!abilities(desk.open().desk).can_import || givesTables(desk.open().desk)) throw new Refusal("not_yet", "The desk cannot be read yet");
      const kept = input.export === null ? ledger[0] : find(input.export);
      if (!kept) throw new Refusal("not_found", "Nothing was exported");
      await desk.work(job, [["reading", "external_users", 312], ["writing", "external_users", 312]]);
      if (kept.row.unsure > 0) kept.row = { ...kept.row, unsure: 0 };
      return verified(told(kept), kept.operations, input.path.includes("all") || kept.row.applied);
    },
    settleOperations: ({ export: id, choices }) => {
      const { operations } = find(id);
      const bound = choices.map(({ position, keep }) => ({ keep, one: operations[position] })).find(({ keep, one }) => keep === "theirs" && one?.subject.includes("Bound"));
      if (bound?.one) throw new Refusal("conflict", "It cannot be taken alone", { fields: [{ field: "", code: "settle.bound", detail: [["subject", bound.one.subject]], message: "", warning: false }] });
      desk.tell("workspace", "plan", "users", "history");
      return choices.length;
    },
    forgetPassword: (address) => address.includes("kept"),
  };
}

/** Somebody changed what the plan's operation of this number is about. */
function refusedAt(operations: PlanOperation[], position: number): ApplyRefusal | null {
  const one = operations[position];
  const change = one?.changes[0];
  if (!one || !change) return null;
  const { kind, entity, key, subject } = one;
  return { position, kind, entity, key, subject, reason: "value", field: change.field, expected: change.old, wanted: change.new, found: "somebody else's", said: "neither the old value nor the new" };
}

/** Everything is applied, or one in turn is not, was changed in the desk, or cannot be told. */
function verified(row: ExportRow, all: LedgerOperation[], applied: boolean): VerifyReport {
  const operations = all.map((operation, index) => one(operation, applied ? "applied" : outcomeOf(operation, index)));
  const count = (outcome: Outcome) => operations.filter((each) => each.outcome === outcome).length;
  return { export: row, applied: count("applied"), not_applied: count("not_applied"), drifted: count("drifted"), unknown: count("unknown"), moved: count("applied"), operations };
}

function outcomeOf(operation: LedgerOperation, index: number): Outcome {
  if (operation.kind === "update") return "drifted";
  const turns: readonly Outcome[] = ["applied", "not_applied", "unknown"];
  return turns[index % turns.length] ?? "applied";
}

function one(operation: LedgerOperation, outcome: Outcome): VerifiedOperation {
  const reason: OutcomeReason | null = outcome === "unknown" ? "list" : null;
  const linked = operation.kind === "link" || operation.kind === "unlink";
  const found: Record<Outcome, (change: { old: string | null; new: string | null }) => string | null> = {
    applied: (change) => change.new,
    not_applied: (change) => change.old,
    drifted: () => "somebody else's",
    unknown: () => null,
  };
  const fields: VerifiedField[] = linked ? [] : operation.changes.map((change) => ({ ...change, found: found[outcome](change), outcome, reason }));
  return { operation, outcome, reason, fields, open: outcome === "not_applied" || outcome === "drifted" };
}
