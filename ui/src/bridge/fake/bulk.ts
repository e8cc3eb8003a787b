import type {
  BulkEdit, BulkForm, BulkPreview, BulkProblem, BulkSaved, ChangeLine, DeskForm, Exposure, FieldValue, GroupRight, ObjectRight, Offboard, OffboardChoices,
  OffboardPreview, Selection, UserForm,
} from "../bindings.gen";
import { differing, editedForm, plain } from "./bulkEdit";
import { linesOf } from "./desk";
import { exposureOf } from "./exposure";
import { selected } from "./lists";
import { labelsOf, recordsOf } from "./records";
import { Refusal } from "./refusal";
import { problemsOf } from "./users";
import { NOW, type FakePerson, type World } from "./world";

/** What the commands need of the desk that plays. */
interface Played {
  open(): World;
  form(): DeskForm;
  record(intent: string, detail: [string, string][], lines: ChangeLine[], back: () => void, forth: () => void): number;
  work(job: string, stages: readonly (readonly [string, string, number])[]): Promise<void>;
  tell(...tags: string[]): void;
}

type Change = (form: UserForm) => UserForm;

interface Planned {
  before: FakePerson;
  after: UserForm;
  problems: BulkProblem[];
}

const nameOf = (form: UserForm): string => `${form.first_name} ${form.last_name}`.trim() || form.login;

function plan(world: World, people: Selection, change: Change): Planned[] {
  return selected(world, people).map(({ id }) => {
    const before = world.people.get(id) as FakePerson;
    const after = change(before.form);
    const known = problemsOf(world, id, before.form).map((problem) => problem.code);
    const wrong = differing(before.form, after).length > 0 ? problemsOf(world, id, after) : [];
    const problems = wrong
      .filter((problem) => !problem.warning && !known.includes(problem.code))
      .map((problem) => ({ id, login: before.form.login, name: nameOf(before.form), problem }));
    return { before, after, problems };
  });
}

function previewOf(planned: Planned[], fields: string[]): BulkPreview {
  const changed = planned.filter(({ before, after }) => differing(before.form, after).length > 0);
  const count = (field: string) => changed.filter(({ before, after }) => differing(before.form, after).includes(field as keyof UserForm)).length;
  return {
    people: planned.length,
    changed: changed.length,
    unchanged: planned.length - changed.length,
    fields: fields.map((field) => ({ field, people: count(field) })).filter((one) => one.people > 0),
    invalid: planned.filter((one) => one.problems.length > 0).length,
    problems: planned.flatMap((one) => one.problems).slice(0, 100),
    version: JSON.stringify(planned.map(({ before }) => [before.id, fields.map((field) => before.form[field as keyof UserForm])])),
  };
}

/** The entries of a value, each with its right. */
function entriesOf(value: FieldValue): [string, string][] {
  if (typeof value === "string") return value === "" ? [] : [[value, ""]];
  if (typeof value === "boolean") return [[String(value), ""]];
  return (value as (string | GroupRight | ObjectRight)[]).flatMap((one): [string, string][] => {
    if (typeof one === "string") return [[one, ""]];
    return "group" in one ? one.permissions.map((key): [string, string] => [one.group, key]) : [[one.object, one.level]];
  });
}

/** Custom fields, each with its text. */
const customOf = (value: FieldValue): [string, string][] => (value === "" ? [] : Object.entries(JSON.parse(value as string) as Record<string, string>));

function spread(world: World, info: DeskForm, people: Selection): BulkForm {
  const forms = selected(world, people).map(({ id }) => (world.people.get(id) as FakePerson).form);
  const fields = info.user.fields.map(({ name, entity, kind }) => {
    const held = forms.map((form) => form[name as keyof UserForm] as FieldValue);
    const different = new Set(held.map((value) => plain(value, name))).size;
    const counts = new Map<string, number>();
    for (const value of held) for (const entry of kind === "custom" ? customOf(value) : entriesOf(value)) counts.set(JSON.stringify(entry), (counts.get(JSON.stringify(entry)) ?? 0) + 1);
    const most = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 20);
    const values = most.map(([entry, count]) => {
      const [value, right] = JSON.parse(entry) as [string, string];
      const label = entity === "" ? value : (labelsOf(world, entity, [value])[0]?.name ?? value);
      return { value, right, label, people: count };
    });
    return { field: name, common: different === 1 ? (held[0] ?? null) : null, different, values };
  });
  return { people: forms.length, fields };
}

const today = (): string => new Date(NOW).toISOString().slice(0, 10);
const LISTS = ["many", "rights", "levels"];

function choices(info: DeskForm): OffboardChoices {
  const fields = info.user.fields.filter((field) => field.entity !== "" && field.entity !== "backend" && !field.required);
  return {
    statuses: ["invalid", "invalid-temporarily"].filter((status) => info.statuses.includes(status)),
    fields: fields.map((field) => field.name),
    usual: fields.filter((field) => LISTS.includes(field.kind)).map((field) => field.name),
    today: today(),
  };
}

function ending(info: DeskForm, { options }: Offboard): Change {
  const { status = "", remove = [], end_date: end = "" } = options;
  const lists = choices(info).usual;
  const allowed = (from: string) => info.steps.length === 0 || from === status || info.steps.some(([a, b]) => a === from && b === status);
  return (form) => ({
    ...form,
    ...Object.fromEntries(remove.map((field) => [field, lists.includes(field) ? [] : ""])),
    status: status !== "" && allowed(form.status) ? status : form.status,
    password: status === "" ? form.password : "unchanged",
    expires: end !== "" && (form.expires === "" || form.expires > end) ? end : form.expires,
  });
}

const fieldsOf = ({ options }: Offboard): string[] => [
  ...(options.status ? ["password", "status"] : []),
  ...(options.end_date ? ["expires"] : []),
  ...(options.remove ?? []),
];

function leaving(world: World, info: DeskForm, input: Offboard): OffboardPreview {
  const planned = plan(world, input.people, ending(info, input));
  const steps = new Map<string, number>();
  for (const { before, after } of planned) {
    const step = `${before.form.status} ${after.status}`;
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const held = (form: UserForm, field: string) => [...new Set(entriesOf(form[field as keyof UserForm] as FieldValue).map(([id]) => id))];
  const entity = (field: string) => info.user.fields.find((one) => one.name === field)?.entity ?? "";
  const links = choices(info).fields.map((field) => {
    const counts = planned.map(({ before }) => held(before.form, field).length);
    return { field, links: counts.reduce((sum, count) => sum + count, 0), people: counts.filter((count) => count > 0).length };
  });
  return {
    edit: previewOf(planned, fieldsOf(input)),
    statuses: [...steps].sort((a, b) => b[1] - a[1]).map(([step, people]) => ({ from: step.split(" ")[0] ?? "", to: step.split(" ")[1] ?? "", people })),
    links: links.filter((one) => one.links > 0),
    leavers: planned.slice(0, 50).map(({ before: { id, form }, after }) => ({
      id,
      login: form.login,
      name: nameOf(form),
      status: [form.status, after.status],
      end: [form.expires, after.expires],
      removed: (input.options.remove ?? [])
        .map((field): [string, string[]] => [field, labelsOf(world, entity(field), held(form, field)).map((one) => one.name)])
        .filter(([, names]) => names.length > 0),
    })),
    authored: authoredBy(world, new Set(planned.map(({ before }) => before.id))),
  };
}

function authoredBy(world: World, people: ReadonlySet<string>): OffboardPreview["authored"] {
  const own = recordsOf(world, "portal_object").filter(({ values }) => people.has(String(values.author)) && values.author_level !== "");
  const names = own.map(({ values }) => String(values.name)).sort();
  return { objects: own.length, people: new Set(own.map(({ values }) => values.author)).size, names: names.slice(0, 5) };
}

/** Many people at once: edited together, or ended. */
export function bulking(desk: Played) {
  const change = (edit: BulkEdit): Change => (form) => editedForm(form, edit.edits, desk.form().permissions);
  const fields = (edit: BulkEdit) => [...new Set(edit.edits.map((one) => one.field))];
  const exposed = (people: Selection, of: Change): Exposure => {
    const world = desk.open();
    const planned = plan(world, people, of);
    return exposureOf(world, planned.map(({ before }) => before.id), () => {
      for (const { before, after } of planned) world.people.set(before.id, { ...before, form: after });
      return () => planned.forEach(({ before }) => world.people.set(before.id, before));
    });
  };
  const save = (intent: string, people: Selection, of: Change, named: string[], version: string | null, skip: boolean): BulkSaved => {
    const world = desk.open();
    const planned = plan(world, people, of);
    const told = previewOf(planned, named);
    if (version !== null && version !== told.version) throw new Refusal("stale", "Somebody changed these people meanwhile");
    if (told.invalid > 0 && !skip) {
      throw new Refusal("invalid", "Forms would become invalid", { detail: told.problems.map((one) => `${one.login}: ${one.problem.field}: ${one.problem.message}`) });
    }
    const written = planned.filter((one) => one.problems.length === 0 && differing(one.before.form, one.after).length > 0);
    if (written.length === 0) return { change: 0, people: 0, skipped: told.invalid };
    const detail: [string, string][] = [["count", String(written.length)], ["fields", told.fields.map((one) => one.field).join(", ")]];
    const lines = written.flatMap(({ before, after }) => linesOf(world, before.id, before.form, after));
    const number = desk.record(
      intent,
      detail,
      lines,
      () => written.forEach(({ before }) => world.people.set(before.id, before)),
      () => written.forEach(({ before, after }) => world.people.set(before.id, { ...before, form: after, version: before.version + 1 })),
    );
    desk.tell("workspace", "users", "preview", "plan", "history");
    return { change: number, people: written.length, skipped: told.invalid };
  };
  const counted = (people: Selection) => selected(desk.open(), people).length;
  return {
    bulkForm: (people: Selection) => spread(desk.open(), desk.form(), people),
    bulkPreview: (edit: BulkEdit, _job: string) => previewOf(plan(desk.open(), edit.people, change(edit)), fields(edit)),
    bulkExposure: async (edit: BulkEdit, job: string) => {
      await desk.work(job, [["before", "external_users", counted(edit.people)]]);
      return exposed(edit.people, change(edit));
    },
    bulkSave: async (edit: BulkEdit, version: string | null, job: string) => {
      await desk.work(job, [["writing", "external_users", counted(edit.people)]]);
      return save("intent.bulk_edit", edit.people, change(edit), fields(edit), version, edit.skip_invalid);
    },
    offboardChoices: () => choices(desk.form()),
    offboardPreview: (input: Offboard, _job: string) => leaving(desk.open(), desk.form(), input),
    offboardExposure: async (input: Offboard, job: string) => {
      await desk.work(job, [["before", "external_users", counted(input.people)]]);
      return exposed(input.people, ending(desk.form(), input));
    },
    offboard: async (input: Offboard, version: string | null, job: string) => {
      await desk.work(job, [["writing", "external_users", counted(input.people)]]);
      return save("intent.offboard", input.people, ending(desk.form(), input), fieldsOf(input), version, input.skip_invalid);
    },
  };
}
