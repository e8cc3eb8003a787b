import type { ChangeRow, DeskForm, Licences, SaveTemplate, TemplateRow, UserDetail, UserForm } from "../bindings.gen";
import { passwordProblems } from "./passwords";
import type { FakePerson, World } from "./world";

/** A template as the fake keeps it. */
interface FakeTemplate {
  id: string;
  name: string;
  rights: Partial<UserForm>;
}

/** What the fake's templates need of the desk around them. */
interface Around {
  open: () => World;
  person: (id: string) => FakePerson;
  record: (intent: string, detail: [string, string][], lines: ChangeRow["lines"], back: () => void, forth: () => void) => number;
  tell: (...tags: string[]) => void;
  refuse: (code: "not_found" | "conflict" | "invalid", message: string) => Error;
  detail: (form: UserForm) => UserDetail;
  passwords: Map<string, string>;
  rules: () => DeskForm["password"];
  empty: UserForm;
}

/** What a person is, and not what she may do. */
const HERS = new Set<string>([
  "login", "title", "first_name", "last_name", "email", "secondary_email", "phone", "mobile", "fax", "street", "zip", "city", "region",
  "country", "twitter", "facebook", "description", "custom", "status", "password", "contacts", "contact_person", "linked_resource", "language",
  "invited", "expires", "sponsor",
]);

/** The rights of a form that are filled in, or those that are named. */
function taken(form: UserForm, empty: UserForm, fields: string[]): Partial<UserForm> {
  const names = Object.keys(form) as (keyof UserForm)[];
  const wanted = (name: keyof UserForm) =>
    fields.length > 0 ? fields.includes(name) : !HERS.has(name) && JSON.stringify(form[name]) !== JSON.stringify(empty[name]);
  return Object.fromEntries(names.filter(wanted).map((name) => [name, form[name]]));
}

/** The commands on templates, typed passwords, and the licences. */
export function templateCommands(desk: Around) {
  let kept: FakeTemplate[] = [];
  let counter = 0;
  const find = (id: string): FakeTemplate => {
    const found = kept.find((one) => one.id === id);
    if (!found) throw desk.refuse("not_found", "There is no such template");
    return found;
  };
  const replace = (intent: string, name: string, after: FakeTemplate[]): number => {
    const before = kept;
    const change = desk.record(intent, [["name", name]], [], () => (kept = before), () => (kept = after));
    desk.tell("workspace", "users", "history");
    return change;
  };
  return {
    listTemplates: (): TemplateRow[] =>
      kept.map(({ id, name, rights }) => ({ id, name, fields: Object.keys(rights), gone: [] })).toSorted((a, b) => a.name.localeCompare(b.name)),
    saveTemplate: ({ id, name, form, user, fields }: SaveTemplate) => {
      const called = name.trim();
      if (called === "") throw desk.refuse("invalid", "A template needs a name");
      if (kept.some((one) => one.name === called && one.id !== id)) throw desk.refuse("conflict", "There is such a template already");
      const source = form ?? (user === null ? null : desk.person(user).form);
      const rights = source ? taken(source, desk.empty, fields) : find(id ?? "").rights;
      const row: FakeTemplate = { id: id ?? `t${(counter += 1)}`, name: called, rights: structuredClone(rights) };
      const change = replace("intent.save_template", called, [...kept.filter((one) => one.id !== row.id), row]);
      return { id: row.id, change };
    },
    deleteTemplate: (id: string) => {
      const { name } = find(id);
      replace("intent.delete_template", name, kept.filter((one) => one.id !== id));
      return null;
    },
    newUserFrom: (id: string): UserDetail => desk.detail({ ...desk.empty, ...find(id).rights }),
    applyTemplate: (id: string, form: UserForm): UserForm => ({ ...form, ...find(id).rights }),
    checkPassword: (clear: string) => passwordProblems(desk.rules(), clear),
    checkLogin: (login: string, clear: string): boolean | null => {
      const person = [...desk.open().people.values()].find(({ form }) => form.login === login);
      const kept = desk.passwords.get(person?.id ?? "");
      return kept === undefined ? null : kept === clear;
    },
    licences: (): Licences | null => {
      if (desk.open().desk !== "elma365") return null;
      const occupied = [...desk.open().people.values()].filter(({ form }) => form.status === "valid").length;
      const total = Math.max(occupied, 320);
      return { total, occupied, free: total - occupied };
    },
  };
}
