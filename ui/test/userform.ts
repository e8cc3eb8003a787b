// A person's form in the window, opened and read.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";
import { deskWordsOf } from "@/bridge/deskWords";
import type { Backend } from "@/bridge/client";
import type { UserDetail, UserForm } from "@/bridge/types";
import { catalogues } from "@/words";
import { openWindow } from "./render";

export const DESKS = ["daktela", "elma365", "innosoft", "otobo", "zoho"] as const;
type Desk = (typeof DESKS)[number];

export async function answer<T>(outcome: Promise<{ status: "ok"; data: T } | { status: "error"; error: unknown }>): Promise<T> {
  const told = await outcome;
  if (told.status === "error") throw new Error(JSON.stringify(told.error));
  return told.data;
}

type Tree = { [key: string]: string | Tree };
const at = (key: string): string | undefined => {
  const found = key.split(".").reduce<string | Tree | undefined>((tree, part) => (typeof tree === "object" ? tree[part] : undefined), catalogues.en);
  return typeof found === "string" ? found : undefined;
};
/** The desk's English word, without the window. */
export const word = (desk: Desk, key: string): string =>
  deskWordsOf({ has: (each: string) => at(each) !== undefined, t: (each: string) => at(each) ?? each, tOr: (each: string, otherwise: string) => at(each) ?? otherwise } as never, desk).d(key);

interface Opened {
  program: Backend;
  person: UserDetail;
  user: ReturnType<typeof userEvent.setup>;
}

export const control = (name: string) => {
  const found = document.querySelector<HTMLInputElement>(`#field-${name}`);
  if (!found) throw new Error(`there is no field ${name}`);
  return found;
};
export const tab = (desk: Desk, name: string) => screen.getByRole("tab", { name: new RegExp(`^${word(desk, `tab.${name}`)}`) });
export const now = async ({ program, person }: Opened): Promise<UserForm> => (await answer(program.commands.getUser(person.id))).form;
/** Waits until what was typed has found something and Enter would take it. */
export const found = (name: RegExp) => waitFor(() => expect(document.querySelector("[role=option][data-combobox-selected]")?.textContent).toMatch(name));
export const saved = () => screen.findByText("No changes");

export async function open(desk: Desk, id = "u0"): Promise<Opened> {
  const program = await openWindow({ desk, at: `/users?id=${id}` });
  const person = await answer(program.commands.getUser(id));
  await waitFor(() => control("login"));
  return { program, person, user: userEvent.setup({ delay: null }) };
}

export async function openNew(desk: Desk): Promise<Omit<Opened, "person">> {
  const program = await openWindow({ desk });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "New" }));
  await waitFor(() => control("login"));
  return { program, user };
}

/** Types into the fields of a new person's form that the desk wants, but for the login where it is proposed. */
export async function fill(desk: Desk, user: Opened["user"]) {
  if (desk === "daktela") await user.type(control("title"), "Nina Neu");
  else {
    await user.type(control("first_name"), "Nina");
    await user.type(control("last_name"), "Neu");
    await user.type(control("email"), "nina.neu@aachen.example");
  }
}
