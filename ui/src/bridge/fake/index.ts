import type { ApiError, ChangeRow, Code, ConflictRow, Progress, SettingValue, UserForm, Viewer, WorkspaceChanged, WorkspaceInfo } from "../bindings.gen";
import type { Backend, Commands } from "../client";
import { eyesOf } from "./access";
import { linesOf, planOf, reportOf } from "./desk";
import { pageOf, previewOf, ticketOf } from "./portal";
import { accountRow, detailOf, facetsOf, findAccounts, findUsers, groupRows, isChanged, problemsOf } from "./users";
import { whyOf } from "./why";
import { emptyForm, makeWorld, NOW, type FakePerson, type World } from "./world";

/** What the fake can play: `?fake=slow` in the address, or given by a test. */
export type Scenario = "sample" | "first" | "empty" | "error" | "slow" | "unknown" | "big" | "conflicts" | "badsource";

const SCENARIOS: readonly Scenario[] = ["sample", "first", "empty", "error", "slow", "unknown", "big", "conflicts", "badsource"];

export function scenarioFromAddress(): Scenario {
  // The router takes what stands before the "#" for its own, so the scenario may stand behind it too.
  const wanted = /[?&]fake=([a-z]+)/.exec(globalThis.location?.href ?? "")?.[1];
  return SCENARIOS.find((scenario) => scenario === wanted) ?? "sample";
}

class Refusal extends Error {
  readonly data: ApiError;

  constructor(code: Code, message: string, more: Partial<ApiError> = {}) {
    super(message);
    this.data = { code, message, fields: [], detail: [], ...more };
  }
}

/** One step of the fake's history, with what it takes to go back and forth. */
interface Step {
  row: ChangeRow;
  back: () => void;
  forth: () => void;
}

class FakeDesk {
  world: World | null;
  readonly drafts = new Map<string, UserForm>();
  steps: Step[] = [];
  undone: Step[] = [];
  readonly cancelled = new Set<string>();
  readonly progress = new Set<(progress: Progress) => void>();
  readonly changed = new Set<(changed: WorkspaceChanged) => void>();
  private counter = 0;

  constructor(readonly scenario: Scenario, readonly latency: number) {
    this.world = scenario === "first" || scenario === "badsource" ? null : this.make(scenario);
    if (this.world) this.play();
  }

  make(scenario: Scenario): World {
    if (scenario === "empty") return { ...makeWorld({ people: 0, tickets: 0 }), name: "New workspace", sample: false };
    if (scenario === "big") return makeWorld({ people: 20_000, tickets: 60_000 });
    const world = makeWorld({ people: 312, tickets: 1_840 }, scenario !== "unknown");
    if (scenario === "conflicts") world.conflicts = conflictsOf(world);
    return world;
  }

  open(): World {
    if (!this.world) throw new Refusal("no_workspace", "No workspace is open");
    return this.world;
  }

  person(id: string): FakePerson {
    const found = this.open().people.get(id);
    if (!found) throw new Refusal("not_found", "There is no such person");
    return found;
  }

  formOf(viewer: Viewer): { form: UserForm; saved: UserForm | null } {
    const saved = viewer.id === null ? null : this.person(viewer.id).form;
    if (!viewer.draft) {
      if (!saved) throw new Refusal("not_found", "There is no such person");
      return { form: saved, saved: null };
    }
    const fields = problemsOf(this.open(), viewer.id, viewer.draft).filter((problem) => !problem.warning);
    if (fields.length) throw new Refusal("invalid", "The form is not acceptable", { fields });
    return { form: viewer.draft, saved };
  }

  ticket(number: string) {
    const found = this.open().tickets.find((ticket) => ticket.number === number);
    if (!found) throw new Refusal("not_found", "There is no such ticket");
    return found;
  }

  /** Does something and remembers how to take it back. */
  record(intent: string, detail: [string, string][], lines: ChangeRow["lines"], back: () => void, forth: () => void): number {
    forth();
    this.counter += 1;
    const at = new Date(NOW - 3_600_000 + this.counter * 240_000).toISOString();
    this.steps.push({ row: { id: this.counter, intent, detail, actor: "marta", at, undone: false, undoable: true, lines }, back, forth });
    this.undone = [];
    return this.counter;
  }

  save(id: string | null, form: UserForm): { id: string; change: number } {
    const world = this.open();
    const key = id ?? `n${world.people.size}`;
    const before = id === null ? null : this.person(id);
    if (before && JSON.stringify(before.form) === JSON.stringify(form)) return { id: key, change: 0 };
    const lines = linesOf(world, key, before?.form ?? null, form);
    const after: FakePerson = { id: key, form: structuredClone(form), version: (before?.version ?? 0) + 1, base: before?.base ?? null };
    const change = this.record(
      before ? "intent.save_user" : "intent.create_user",
      [["name", `${form.first_name} ${form.last_name}`], ["login", form.login]],
      lines,
      () => (before ? world.people.set(key, before) : world.people.delete(key)),
      () => world.people.set(key, after),
    );
    this.drafts.delete(id ?? "new");
    return { id: key, change };
  }

  /** A morning's work, so that review and history have something to show. */
  private play(): void {
    const world = this.open();
    if (world.people.size === 0) return;
    const edit = (id: string, change: Partial<UserForm>) => this.save(id, { ...this.person(id).form, ...change });
    const group = (name: string) => world.groups.find((one) => one.name === name)?.id ?? "";
    edit("u4", { email: "new.address@example.org", phone: "+420 541 550 209" });
    edit("u9", { groups: [...this.person("u9").form.groups.filter((one) => one.group !== group("finance")), { group: group("finance"), permissions: ["ro"] }] });
    edit("u12", { status: "invalid" });
    edit("u15", { further_accounts: ["a1"] });
    edit("u20", { login: `${this.person("u20").form.login}.x`, last_name: "O’Rourke" });
    this.save(null, { ...emptyForm, login: "k.musilova", first_name: "Kateřina", last_name: "Musilová", email: "k.musilova@plzen.example", account: "a2" });
  }

  info(): WorkspaceInfo {
    const world = this.open();
    return {
      path: world.sample ? "/home/marta/.local/share/portico/sample.portico" : "/home/marta/Documents/support.portico",
      name: world.name,
      desk: "otobo",
      desk_name: "OTOBO / Znuny",
      sample: world.sample,
      read_only: false,
      counts: { users: world.people.size, accounts: world.accounts.length, groups: world.groups.length, queues: world.groups.flatMap((one) => one.queues).length, tickets: world.tickets.length },
      pending: [...world.people.values()].filter(isChanged).length,
      conflicts: world.conflicts.length,
      as_of: world.asOf,
      unknown_settings: world.settings.filter((setting) => setting.value === null).map((setting) => setting.name),
      settings: world.settings,
      undo: this.steps.at(-1)?.row.intent ?? null,
      redo: this.undone.at(-1)?.row.intent ?? null,
    };
  }

  tell(...tags: string[]): void {
    for (const listener of this.changed) listener({ tags });
  }

  wait(factor = 1): Promise<void> {
    return this.latency ? new Promise((done) => setTimeout(done, this.latency * factor)) : Promise.resolve();
  }

  /** Long work: counts up in steps and stops when somebody asks for it. */
  async work(job: string, stages: readonly (readonly [string, string, number])[]): Promise<void> {
    for (const [phase, kind, total] of stages) {
      for (let part = 1; part <= 5; part += 1) {
        await new Promise((done) => setTimeout(done, this.latency ? 120 : 0));
        if (this.cancelled.delete(job)) throw new Refusal("cancelled", "Cancelled");
        for (const listener of this.progress) listener({ job, phase, kind, done: Math.round((total * part) / 5) });
      }
    }
  }
}

function conflictsOf(world: World): ConflictRow[] {
  const subject = (index: number) => {
    const form = world.people.get(`u${index}`)?.form ?? emptyForm;
    return `${form.first_name} ${form.last_name}`;
  };
  const line = (index: number, field: string, from: string, to: string) => ({
    entity: "external_user", subject: subject(index), user: `u${index}`, kind: "update", field, from, to,
  });
  return [
    { id: 1, line: line(4, "email", "old@brno-papir.example", "new.address@example.org"), theirs: "office@brno-papir.example", at: new Date(NOW).toISOString() },
    { id: 2, line: line(12, "status", "valid", "invalid"), theirs: "invalid-temporarily", at: new Date(NOW).toISOString() },
  ];
}

type Plain = { [K in keyof Commands]: (...args: Parameters<Commands[K]>) => unknown };

function reading(desk: FakeDesk): Pick<Plain, "workspaceInfo" | "listUsers" | "userFacets" | "getUser" | "newUser" | "checkUser" | "searchAccounts" | "listAccounts" | "listGroups" | "preview" | "previewPage" | "previewTicket" | "why" | "plan" | "conflicts" | "listChanges" | "dumpScript"> {
  return {
    workspaceInfo: () => (desk.world ? desk.info() : null),
    listUsers: (query, offset, limit) => {
      const rows = findUsers(desk.open(), query);
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    userFacets: (query) => facetsOf(desk.open(), query),
    getUser: (id) => detailOf(desk.open(), desk.person(id), desk.drafts.get(id) ?? null),
    newUser: (like) => {
      const from = like === null ? emptyForm : desk.person(like).form;
      const form = { ...emptyForm, account: from.account, further_accounts: from.further_accounts, groups: from.groups };
      return detailOf(desk.open(), { id: "", form, version: 0, base: null }, desk.drafts.get("new") ?? null);
    },
    checkUser: (id, form) => problemsOf(desk.open(), id, form),
    searchAccounts: (search, limit) => findAccounts(desk.open(), search).slice(0, limit).map(({ id, key, name, status, present }) => ({ id, key, name, status, present })),
    listAccounts: (search, offset, limit) => {
      const found = findAccounts(desk.open(), search);
      return { total: found.length, rows: found.slice(offset, offset + limit).map((account) => accountRow(desk.open(), account)) };
    },
    listGroups: () => groupRows(desk.open()),
    preview: (viewer) => {
      const { form, saved } = desk.formOf(viewer);
      return previewOf(desk.open(), form, saved ?? emptyForm, viewer.draft !== null);
    },
    previewPage: (viewer, query) => {
      const { form, saved } = desk.formOf(viewer);
      return pageOf(desk.open(), form, saved, query);
    },
    previewTicket: (viewer, number) => ticketOf(desk.open(), desk.formOf(viewer).form, desk.ticket(number)),
    why: (viewer, number) => whyOf(eyesOf(desk.open(), desk.formOf(viewer).form), desk.ticket(number)),
    plan: () => planOf(desk.open()),
    conflicts: () => desk.open().conflicts,
    listChanges: (before, limit) => desk.steps.map((step) => step.row).toReversed().filter((row) => before === null || row.id < before).slice(0, limit)
      .map((row) => ({ ...row, undoable: row.id === desk.steps.at(-1)?.row.id })),
    dumpScript: (_desk, database) =>
      `# Run this on the server of the desk; it only reads.\nmkdir -p portico-dump && cd portico-dump\n${
        database === "postgresql"
          ? "psql otobo -c \"\\copy (select id, login, email, customer_id, (pw <> '') as has_pw from customer_user) to 'customer_user.csv' with (format csv, header true)\""
          : "mysql otobo --batch -e \"select id, login, email, customer_id, (pw <> '') as has_pw from customer_user\" > customer_user.tsv"
      }\n`,
  };
}

function setSettings(desk: FakeDesk, inputs: Parameters<Commands["setSettings"]>[0]): WorkspaceInfo {
  const world = desk.open();
  const before = world.settings;
  const after = before.map((setting): SettingValue => {
    const input = inputs.find((one) => one.name === setting.name);
    return input ? { ...setting, value: input.value, origin: "confirmed" } : setting;
  });
  const lines = inputs.map((input) => ({
    entity: "desk_setting", subject: input.name, user: null, kind: "update", field: input.name,
    from: before.find((one) => one.name === input.name)?.value ?? null, to: input.value,
  }));
  desk.record("intent.settings", [["names", inputs.map((input) => input.name).join(", ")]], lines, () => (world.settings = before), () => (world.settings = after));
  desk.tell("workspace", "preview", "plan", "history");
  return desk.info();
}

function writing(desk: FakeDesk): Omit<Plain, keyof ReturnType<typeof reading>> {
  const start = (scenario: Scenario): WorkspaceInfo => {
    desk.world = desk.make(scenario);
    desk.steps = [];
    desk.undone = [];
    return desk.info();
  };
  return {
    openWorkspace: (path) => {
      if (path.endsWith("broken.portico")) throw new Refusal("not_a_workspace", "The file is not a workspace");
      return start("sample");
    },
    openSample: () => start("sample"),
    createWorkspace: (_path, name) => {
      start("empty");
      desk.open().name = name;
      return desk.info();
    },
    closeWorkspace: () => {
      desk.world = null;
      return null;
    },
    setSettings: (inputs) => setSettings(desk, inputs),
    saveUser: ({ id, version, form }) => {
      if (id !== null && version !== String(desk.person(id).version)) throw new Refusal("stale", "Somebody changed it meanwhile");
      const fields = problemsOf(desk.open(), id, form).filter((problem) => !problem.warning);
      if (fields.length) throw new Refusal("invalid", "The form is not acceptable", { fields });
      const saved = desk.save(id, form);
      desk.tell("workspace", "users", "preview", "plan", "history");
      return saved;
    },
    putDraft: (key, form) => {
      desk.drafts.set(key, structuredClone(form));
      return null;
    },
    discardDraft: (key) => {
      desk.drafts.delete(key);
      return null;
    },
    importDesk: async (input, job) => {
      await desk.work(job, [["reading", "external_users", 312], ["reading", "tickets", 1840], ["writing", "tickets", 1840]]);
      if (input.path.includes("broken") || desk.scenario === "badsource") {
        throw new Refusal("bad_source", "The source cannot be read", {
          detail: [
            "customer_user.csv, line 14, column login: the login jana.novakova stands twice (first in line 3)",
            "ticket.csv: the column customer_user_id is missing",
            "queue.csv, line 6, column name: this is not UTF-8",
          ],
        });
      }
      if (!input.dry_run) {
        if (desk.world?.people.size === 0) desk.world = { ...desk.make("sample"), name: desk.world.name, sample: false };
        desk.tell("workspace", "users", "preview", "plan", "history");
      }
      return reportOf(input.dry_run);
    },
    exportDesk: async (folder, job) => {
      const plan = planOf(desk.open());
      await desk.work(job, [["writing", "operations", plan.operations.length]]);
      desk.tell("workspace", "plan", "users", "history");
      const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
      const files = ["postgresql.sql", "mysql.sql", "console.sh", "README.txt"].map((name, index) => ({ name, sha256, bytes: 4210 - index * 811 }));
      return { folder, files, operations: plan.operations.length, not_exported: plan.not_exported.length };
    },
    cancelJob: (job) => {
      desk.cancelled.add(job);
      return null;
    },
    settle: (choices) => {
      const world = desk.open();
      for (const { id, keep } of choices) {
        const row = world.conflicts.find((one) => one.id === id);
        const person = world.people.get(row?.line.user ?? "");
        if (row && person && keep === "theirs") world.people.set(person.id, { ...person, form: { ...person.form, [row.line.field]: row.theirs ?? "" } });
      }
      world.conflicts = world.conflicts.filter((row) => !choices.some((choice) => choice.id === row.id));
      desk.tell("workspace", "users", "preview", "plan", "history");
      return desk.info();
    },
    undo: () => move(desk, desk.steps, desk.undone, "back"),
    redo: () => move(desk, desk.undone, desk.steps, "forth"),
  };
}

function move(desk: FakeDesk, from: Step[], to: Step[], way: "back" | "forth"): WorkspaceInfo {
  const step = from.pop();
  if (!step) throw new Refusal("conflict", "There is nothing to take back");
  step[way]();
  to.push(step);
  desk.tell("workspace", "users", "preview", "plan", "history");
  return desk.info();
}

/** Commands that answer even where everything else fails, so that a window comes up at all. */
const ROBUST = new Set<keyof Commands>(["workspaceInfo", "openSample", "openWorkspace", "closeWorkspace"]);

const listen = <T>(listeners: Set<T>) => (listener: T) => {
  listeners.add(listener);
  return Promise.resolve(() => void listeners.delete(listener));
};

/** A program in memory that answers every command. */
export function createFake(scenario: Scenario = "sample", latency = scenario === "slow" ? 1500 : 30): Backend {
  const desk = new FakeDesk(scenario, latency);
  const plain: Plain = { ...reading(desk), ...writing(desk) };
  const names = Object.keys(plain) as (keyof Commands)[];
  const answer = async (name: keyof Commands, args: unknown[]) => {
    await desk.wait();
    try {
      if (scenario === "error" && !ROBUST.has(name)) throw new Refusal("storage", "The disk is full");
      return { status: "ok", data: structuredClone(await (plain[name] as (...args: unknown[]) => unknown)(...args)) };
    } catch (thrown) {
      if (thrown instanceof Refusal) return { status: "error", error: thrown.data };
      throw thrown;
    }
  };
  const commands = Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => answer(name, args)])) as unknown as Commands;
  return { commands, onProgress: listen(desk.progress), onChanged: listen(desk.changed) };
}
