import type { ChangeRow, DeskForm, FieldValue, Progress, SettingInput, UserForm, Viewer, WorkspaceChanged, WorkspaceInfo } from "../bindings.gen";
import type { Backend, Commands } from "../client";
import { eyesOf } from "./access";
import { countsOf, ofUser, pageOfFindings, peopleOf, type Mutes } from "./findings";
import { dumpScriptOf } from "./dumpScript";
import { linesOf, planOf } from "./desk";
import { type Kept, formCommands, formOf } from "./forms";
import { foundBy, groupFacet, namesIn, selected } from "./lists";
import { bulking } from "./bulk";
import { expecting } from "./expectations";
import { exporting } from "./exports";
import { elsewhere } from "./elsewhere";
import { exposing } from "./exposure";
import { concernedBy } from "./exposureFile";
import { missingOf, settingsOf } from "./settings";
import { mute, setSettings, written } from "./writing";
import { LOCKED, locking, PASSPHRASE, unlock } from "./passphrase";
import { importing } from "./importing";
import { matrixCommands } from "./matrix";
import { colleagueOf, pageOf, previewOf, ticketOf, visitorOf } from "./portal";
import { recording, totalOf } from "./recordForms";
import { Refusal } from "./refusal";
import { accountPage, detailOf, facetsOf, findAccounts, findUsers, freshForm, groupRows, isChanged, problemsOf } from "./users";
import { conflictsOf } from "./conflicts";
import { errorsOf, refuseUser } from "./passwords";
import { templateCommands } from "./templates";
import { heatCommands } from "./heat";
import { overviewOf } from "./overview";
import { foundTickets, headOf, whoCounts, whoPage } from "./tickets";
import { flipTouchOf, flipsOf } from "./flips";
import { whyOf } from "./why";
import { abilities, MODELLED, type Scenario } from "./scenario";
import { emptyForm, makeWorld, NOW, type FakePerson, type World } from "./world";
import { makeDeskWorld } from "./worlds";

export { deskFromAddress, scenarioFromAddress, type Scenario } from "./scenario";

/** One step of the fake's history, with what it takes to go back and forth. */
const meant = (step?: Step) => (step ? { intent: step.row.intent, detail: step.row.detail } : null);
interface Step {
  row: ChangeRow;
  back: () => void;
  forth: () => void;
}

/** The program's state, and what its commands share. */
export class FakeDesk {
  world: World | null;
  passphrase: string | null = null;
  readonly drafts = new Map<string, Kept>();
  /** Typed passwords that wait for an export. */
  readonly passwords = new Map<string, string>();
  settingsDraft: SettingInput[] = [];
  readonly recordDrafts = new Map<string, Record<string, FieldValue>>();
  steps: Step[] = [];
  undone: Step[] = [];
  readonly mutes: Mutes = new Map();
  readonly cancelled = new Set<string>();
  readonly progress = new Set<(progress: Progress) => void>();
  readonly changed = new Set<(changed: WorkspaceChanged) => void>();
  private counter = 0;

  constructor(readonly scenario: Scenario, readonly latency: number, desk: string) {
    this.world = scenario === "first" || scenario === "badsource" || scenario === "locked" ? null : this.make(scenario, desk);
    if (this.world) this.play();
  }

  make(scenario: Scenario, desk = MODELLED): World {
    if (desk === MODELLED) return this.modelled(scenario);
    const settings = settingsOf(desk, scenario !== "unknown" && scenario !== "empty");
    return scenario === "sample" ? { ...makeDeskWorld(desk), settings } : { ...this.modelled(scenario), desk, settings };
  }

  private modelled(scenario: Scenario): World {
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

  /** The forms of the workspace's desk. */
  form(): DeskForm {
    return formOf(this.open().desk);
  }

  person(id: string): FakePerson {
    const found = this.open().people.get(id);
    if (!found) throw new Refusal("not_found", "There is no such person");
    return found;
  }

  formOf(viewer: Viewer): { form: UserForm; saved: UserForm | null } {
    if (this.open().desk !== MODELLED) throw new Refusal("not_yet", "Portico does not know yet who sees what in this desk");
    const person = viewer.id === null ? null : this.person(viewer.id);
    const saved = person && viewer.at ? (person.base ?? person.form) : (person?.form ?? null);
    if (!viewer.draft && !saved) throw new Refusal("not_found", "There is no such person");
    if (!viewer.draft) return { form: saved as UserForm, saved: null };
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
    this.steps.push({ row: { id: this.counter, intent, detail, actor: "marta", at, undone: false, undoable: true, lines, more_lines: 0 }, back, forth });
    this.undone = [];
    return this.counter;
  }

  save(id: string | null, form: UserForm, draft: string | null = null): { id: string; change: number } {
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
    for (const kept of [id, draft]) if (kept !== null) this.drafts.delete(kept);
    return { id: key, change };
  }

  /** A morning's work, so that review and history have something to show. */
  private play(): void {
    const world = this.open();
    if (!world.sample) return;
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
      path: this.passphrase === PASSPHRASE ? LOCKED : world.sample ? "/home/marta/.local/share/portico/sample.portico" : "/home/marta/Documents/support.portico",
      name: world.name,
      ...abilities(world.desk),
      sample: world.sample,
      read_only: false,
      encrypted: this.passphrase !== null,
      counts: { users: world.people.size, accounts: world.accounts.length, groups: world.groups.length, queues: world.groups.flatMap((one) => one.queues).length, tickets: world.tickets.length },
      pending: [...world.people.values()].filter(isChanged).length,
      conflicts: world.conflicts.length,
      as_of: world.asOf,
      unknown_settings: missingOf(world.settings),
      settings: world.settings,
      undo: meant(this.steps.at(-1)),
      redo: meant(this.undone.at(-1)),
    };
  }

  tell(...tags: string[]): void {
    for (const listener of this.changed) listener({ tags });
  }

  wait(factor = 1): Promise<void> {
    return this.latency ? new Promise((done) => setTimeout(done, this.latency * factor)) : Promise.resolve();
  }

  private async toBeStopped(job: string): Promise<void> {
    while (!this.cancelled.has(job)) await new Promise((done) => setTimeout(done, 20));
  }

  /** Long work: counts up in steps and stops when somebody asks for it. Where it is "stuck", only by being asked. */
  async work(job: string, stages: readonly (readonly [string, string, number])[]): Promise<void> {
    for (const [phase, kind, total] of stages) {
      for (let part = 1; part <= 5; part += 1) {
        if (this.scenario === "stuck" && part > 1) await this.toBeStopped(job);
        await new Promise((done) => setTimeout(done, this.latency * 4));
        if (this.cancelled.delete(job)) throw new Refusal("cancelled", "Cancelled");
        for (const listener of this.progress) listener({ job, phase, kind, done: Math.round((total * part) / 5) });
      }
    }
  }
}

type Plain = { [K in keyof Commands]: (...args: Parameters<Commands[K]>) => unknown };

const templates = (desk: FakeDesk) =>
  templateCommands({
    open: () => desk.open(),
    person: (id) => desk.person(id),
    record: (...step) => desk.record(...step),
    tell: (...tags) => desk.tell(...tags),
    refuse: (code, message) => new Refusal(code, message),
    detail: (form) => detailOf(desk.open(), { id: "", form, version: 0, base: null }, null),
    empty: emptyForm,
    passwords: desk.passwords,
    rules: () => desk.form().password,
  });

function reading(desk: FakeDesk) {
  const kept = templates(desk);
  return {
    ...kept, overview: () => overviewOf(desk, kept.licences()), visitor: () => visitorOf(desk.open()),
    workspaceInfo: () => (desk.world ? desk.info() : null),
    listUsers: (query, offset, limit) => {
      const rows = findUsers(desk.open(), query);
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    userFacets: (query) => facetsOf(desk.open(), query),
    getUser: (id) => detailOf(desk.open(), desk.person(id), desk.drafts.get(id)?.form ?? null),
    newUser: (like) => detailOf(desk.open(), { id: "", form: freshForm(desk.open(), like === null ? null : desk.person(like).form), version: 0, base: null }, null),
    checkUser: (id, form) => errorsOf(desk.open(), id, form, desk.passwords.has(id ?? "")),
    searchAccounts: (search, limit) => findAccounts(desk.open(), search).slice(0, limit).map(({ id, key, name, status, present }) => ({ id, key, name, status, present })),
    listAccounts: (search, offset, limit) => accountPage(desk.open(), search, offset, limit),
    listGroups: () => groupRows(desk.open()),
    ...formCommands(() => desk.open(), desk.drafts),
    groupFacet: (query) => groupFacet(desk.open(), query),
    queryNames: (query) => namesIn(desk.open(), query),
    findLogins: (logins) => foundBy(desk.open(), "login", logins),
    findEmails: (emails) => foundBy(desk.open(), "email", emails),
    preview: (viewer) => {
      const { form, saved } = desk.formOf(viewer);
      return previewOf(desk.open(), form, saved ?? emptyForm, viewer.draft !== null);
    },
    previewPage: (viewer, query) => {
      const { form, saved } = desk.formOf(viewer);
      return pageOf(desk.open(), form, saved, query);
    },
    previewColleague: (_viewer, id) => colleagueOf(desk.open(), id),
    previewTicket: (viewer, number) => ticketOf(desk.open(), desk.formOf(viewer).form, desk.ticket(number)),
    why: (viewer, number) => whyOf(eyesOf(desk.open(), desk.formOf(viewer).form), desk.ticket(number)),
    flips: (viewer, number, question, _job) => flipsOf(desk.open(), viewer, desk.formOf(viewer).form, desk.ticket(number), question),
    flipTouch: (viewer, number, question, changes, _job) => {
      const touch = flipTouchOf(desk.open(), viewer, desk.formOf(viewer).form, desk.ticket(number), question, changes);
      if (touch === null) throw new Refusal("stale", "the workspace has changed since these changes were proposed");
      return touch;
    },
    countFindings: (_job) => countsOf(desk.open(), desk.mutes),
    listFindings: (query) => pageOfFindings(desk.open(), desk.mutes, query),
    findingsOfUser: (id) => ofUser(desk.open(), desk.mutes, id),
    peopleOfFinding: (check) => peopleOf(desk.open(), desk.mutes, check),
    findTickets: (text, after) => foundTickets(desk.open(), text, after),
    ticketHead: (number) => headOf(desk.ticket(number)),
    whoCount: (number, activity) => whoCounts(desk.open(), desk.ticket(number), activity),
    whoPage: (query) => whoPage(desk.open(), desk.ticket(query.ticket), query),
    plan: (concerns) => planOf(desk.open(), concerns),
    conflicts: () => desk.open().conflicts,
    listChanges: (before, limit) => desk.steps.map((step) => step.row).toReversed().filter((row) => before === null || row.id < before).slice(0, limit).map((row) => ({ ...row, lines: row.lines.slice(0, 100), more_lines: Math.max(0, row.lines.length - 100) }))
      .map((row) => ({ ...row, undoable: row.id === desk.steps.at(-1)?.row.id })),
    dumpScript: (_desk, database) => dumpScriptOf(database),
  } satisfies Partial<Plain>;
}

function writing(
  desk: FakeDesk,
): Omit<
  Plain,
  "exportExposure" | keyof ReturnType<typeof reading> | keyof ReturnType<typeof exposing> | keyof ReturnType<typeof elsewhere> | keyof ReturnType<typeof exporting> | keyof ReturnType<typeof expecting> | keyof ReturnType<typeof bulking> | keyof ReturnType<typeof locking> | keyof ReturnType<typeof recording> | keyof ReturnType<typeof matrixCommands> | keyof ReturnType<typeof heatCommands> | keyof ReturnType<typeof importing>
> {
  const start = (scenario: Scenario, kind?: string): WorkspaceInfo => {
    desk.world = desk.make(scenario, kind);
    desk.passphrase = null;
    desk.steps = [];
    desk.undone = [];
    return desk.info();
  };
  return {
    openWorkspace: (path, passphrase) => {
      if (path.endsWith("broken.portico")) throw new Refusal("not_a_workspace", "The file is not a workspace");
      unlock(path, passphrase);
      start("sample");
      if (path !== LOCKED) return desk.info();
      desk.passphrase = PASSPHRASE;
      Object.assign(desk.open(), { sample: false, name: "Support" });
      return desk.info();
    },
    openSample: (kind) => start("sample", kind),
    createWorkspace: (_path, name, kind) => {
      start("empty", kind);
      desk.open().name = name;
      return desk.info();
    },
    closeWorkspace: () => {
      desk.world = null;
      return null;
    },
    setSettings: (inputs) => setSettings(desk, inputs),
    settingsDraft: () => desk.settingsDraft,
    putSettingsDraft: (inputs) => {
      desk.settingsDraft = inputs;
      return null;
    },
    saveUser: ({ id, version, form }, draft, typed) => {
      if (id !== null && version !== String(desk.person(id).version)) throw new Refusal("stale", "Somebody changed it meanwhile");
      refuseUser(errorsOf(desk.open(), id, form, typed !== null || desk.passwords.has(id ?? "")), desk.form().password, typed, desk.passphrase !== null);
      const saved = desk.save(id, form, draft);
      if (typed !== null) desk.passwords.set(saved.id, typed);
      desk.tell("workspace", "users", "preview", "plan", "history");
      return saved;
    },
    putDraft: (key, form) => {
      desk.drafts.set(key, { form: structuredClone(form), at: Date.now() });
      return null;
    },
    discardDraft: (key) => {
      desk.drafts.delete(key);
      return null;
    },
    exportUsers: ({ people, path }, job) => written(desk, job, path, selected(desk.open(), people).length),
    exportRecords: ({ entity, query, path }, job) => written(desk, job, path, totalOf(desk.open(), entity, query)),
    muteFinding: ({ finding, reason }) => mute(desk, finding, reason),
    unmuteFinding: (finding) => mute(desk, finding, null),
    exportWho: ({ ticket, activity, part, path }, job) => written(desk, job, path, whoCounts(desk.open(), desk.ticket(ticket), activity)[part as "all"]),
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
const ROBUST = new Set<keyof Commands>(["workspaceInfo", "lockedWorkspace", "openSample", "openWorkspace", "closeWorkspace"]);

const listen = <T>(listeners: Set<T>) => (listener: T) => {
  listeners.add(listener);
  return Promise.resolve(() => void listeners.delete(listener));
};

/** A program in memory that answers every command. */
export function createFake(scenario: Scenario = "sample", latency = scenario === "slow" ? 1500 : 30, kind = MODELLED): Backend {
  const desk = new FakeDesk(scenario, latency, kind);
  const plain: Plain = {
    ...reading(desk), ...exposing(desk), ...elsewhere(() => desk.open()), ...exporting(desk), ...expecting(desk), ...bulking(desk), ...locking(desk), ...recording(desk), ...matrixCommands(desk), ...heatCommands(desk), ...importing(desk), ...writing(desk),
    exportExposure: async ({ source, path }, job) => written(desk, job, path, await concernedBy(plain, source, job)),
  };
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
