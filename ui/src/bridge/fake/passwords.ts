import type { DeskForm, FieldProblem, UserForm } from "../bindings.gen";
import { Refusal } from "./refusal";
import { problemsOf } from "./users";
import type { FakePerson, World } from "./world";

const problem = (code: string, detail: [string, string][] = []): FieldProblem => ({ field: "password", code: `problem.password_${code}`, detail, message: code, warning: false });

/** What the desk demands of a password and this one does not keep. */
export function passwordProblems({ min, mixed }: DeskForm["password"], clear: string): FieldProblem[] {
  const problem = (code: string, detail: [string, string][] = []): FieldProblem => ({ field: "password", code: `problem.password_${code}`, detail, message: code, warning: false });
  const least = Math.max(min, 1);
  const isMixed = /\p{Lu}/u.test(clear) && /[0-9]/.test(clear) && /[^\p{L}\p{N}\s]/u.test(clear);
  return [...([...clear].length < least ? [problem("short", [["min", String(least)]])] : []), ...(mixed && !isMixed ? [problem("mixed")] : [])];
}

/** What stops a form, a typed password that is neither kept nor there included. */
export function errorsOf(world: World, id: string | null, form: UserForm, kept: boolean): FieldProblem[] {
  return [...problemsOf(world, id, form), ...(form.password === "typed" && !kept ? [problem("not_kept")] : [])];
}

/** Refuses a form that does not hold, or a password that cannot be kept. */
export function refuseUser(problems: FieldProblem[], rule: DeskForm["password"], typed: string | null, sealed: boolean): void {
  const demands = typed === null ? [] : passwordProblems(rule, typed);
  const fields = [...problems, ...demands].filter((one) => !one.warning);
  if (fields.length) throw new Refusal("invalid", "The form is not acceptable", { fields });
  if (typed !== null && !sealed) throw new Refusal("conflict", "A password is kept only in a workspace with a passphrase");
}

/** An export has taken the typed passwords, and made initial ones where asked: how many. */
export function forgetPasswords(people: Iterable<FakePerson>, passwords: Map<string, string>, initial: boolean): number {
  const over = [...people].filter(({ id, form }) => (form.password === "typed" && passwords.has(id)) || (initial && form.password === "initial"));
  for (const { form } of over) form.password = "unchanged";
  passwords.clear();
  return over.length;
}
