import type { DeskForm, DraftRow, FieldProblem, UserForm } from "../bindings.gen";
import allForms from "./forms.gen.json";
import type { World } from "./world";

const folded = (text: string): string => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/** The forms of a desk, as the program describes them. */
export function formOf(desk: string): DeskForm {
  const forms = allForms as unknown as Record<string, DeskForm>;
  const found = forms[desk];
  if (!found) throw new Error(`no forms of ${desk}`);
  return found;
}

/** A login that nobody has, made from what the desk makes it from. */
function proposedLogin(world: World, form: UserForm): string {
  const from = String(form[formOf(world.desk).login_from as keyof UserForm]).trim();
  const [before = "", host] = from.split("@");
  if (from.includes("@") && !(before && host)) return "";
  const name = host ? before.toLowerCase() : folded(from).split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(".");
  if (name === "") return "";
  const taken = new Set([...world.people.values()].map((person) => person.form.login.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const login = `${name}${number === 1 ? "" : number}${host ? `@${host.toLowerCase()}` : ""}`;
    if (!taken.has(login)) return login;
  }
}

/** A form that is kept, and when it was. */
export interface Kept {
  form: UserForm;
  at: number;
}

/** All forms that are kept, the last one edited first. */
function draftRows(world: World, drafts: ReadonlyMap<string, Kept>): DraftRow[] {
  const rows = [...drafts].map(([key, { form, at }]) => ({
    key,
    user: world.people.has(key) ? key : null,
    name: `${form.first_name} ${form.last_name}`.trim() || form.login,
    login: form.login,
    at: new Date(at).toISOString(),
  }));
  return rows.sort((a, b) => b.at.localeCompare(a.at));
}

/** What the desk demands of texts, as the program checks it. */
export function textProblems(world: World, form: UserForm, inDesk: boolean): FieldProblem[] {
  const found: FieldProblem[] = [];
  const add = (field: string, code: string, message: string, warning = false, detail: [string, string][] = []) =>
    found.push({ field, code: `problem.${code}`, message, warning, detail });
  for (const { name, kind, known, required, max } of formOf(world.desk).user.fields) {
    const value = form[name as keyof UserForm];
    if (!known || typeof value !== "string") continue;
    if (max > 0 && value.length > max) add(name, "too_long", "too long", false, [["length", String(value.length)], ["max", String(max)]]);
    if (required && value.trim() === "") add(name, "missing", "the desk wants this filled in", inDesk && name !== "login");
    if (kind === "email" && value !== "" && !/^[^@\s]+@[^@\s]+$/.test(value)) add(name, "email", "this is no e-mail address", inDesk);
  }
  return found;
}

/** The commands that help to fill in a form. */
export function formCommands(world: () => World, drafts: ReadonlyMap<string, Kept>) {
  return {
    deskForm: () => formOf(world().desk),
    proposeLogin: (form: UserForm) => proposedLogin(world(), form),
    listDrafts: () => draftRows(world(), drafts),
    getDraft: (key: string) => drafts.get(key)?.form ?? null,
  };
}
