import { useQuery } from "@tanstack/react-query";
import type { Words } from "@/words";
import type { ExpectationCheck, ExpectationInput, ExpectationRow, Exposure } from "./bindings.gen";
import { api } from "./client";
import { jobOf } from "./jobs";
import { keys } from "./keys";
import { settingTitle } from "./ruleText";
import { attributeName } from "./ticketWords";
import { useWriting } from "./writes";

const TAGS = ["workspace", "preview", "history"] as const;

/** How all expectations stand. */
export const useExpectations = () => useQuery({ queryKey: keys.expectations(), queryFn: ({ signal }) => api.checkExpectations(jobOf(signal)) });

/** What an expectation can be about in the workspace's desk. */
export const useExpectationChoices = () => useQuery({ queryKey: keys.expectationChoices(), queryFn: () => api.expectationChoices() });

/** What a person sees today, as expectations that are not there yet. */
export const useProposedExpectations = (user: string) =>
  useQuery({ queryKey: keys.proposedExpectations(user), queryFn: ({ signal }) => api.proposeExpectations(user, jobOf(signal)), enabled: user !== "", gcTime: 0 });

/** Adds expectations as one change. */
export const useAddExpectations = () => useWriting((inputs: ExpectationInput[]) => api.addExpectations(inputs), TAGS);

/** Adds all that a person sees today and that is not expected yet, as one change. */
export const useExpectSeen = () =>
  useWriting(async (user: string) => {
    const { proposed, left_out } = await api.proposeExpectations(user, jobOf(undefined));
    return { added: proposed.length > 0 ? await api.addExpectations(proposed.map(inputOf)) : [], leftOut: left_out };
  }, TAGS);

/** Removes one. */
export const useRemoveExpectation = () => useWriting((id: string) => api.removeExpectation(id), TAGS);

/** An expectation as an input again. */
export const inputOf = ({ who, who_key, sees, what, what_key }: ExpectationRow): ExpectationInput => ({ who, who_key, sees, what, what_key });

/** An expectation as a sentence: "Everyone of ACME never sees a ticket of the queue Legal". `by`: what the desk sorts tickets by. */
export function sentenceOf(words: Words, row: ExpectationRow, by = "queue"): string {
  const { t } = words;
  const who = row.who === "everyone" ? t("expectations.everyone") : row.who === "account" ? t("expectations.everyoneOf", { name: row.who_name }) : row.who_name;
  const name = row.what === "field" ? attributeName(words, row.what_key, by) : row.what_name;
  const what = t(`expectations.of.${row.what}`, { name });
  return t(row.sees ? "expectations.sees" : "expectations.neverSees", { who, what });
}

/** The sentences of the expectations that a change would break, each with the people who would be against it. */
export function brokenOf(words: Words, broken: Exposure["broken"]): string[] {
  const people = ({ against }: ExpectationCheck) => words.t("expectations.people", { count: against, number: words.number(against) });
  return broken.map((check) => {
    const text = sentenceOf(words, check.expectation);
    return check.against > 0 ? `${text} (${people(check)})` : text;
  });
}

/** What a change would do, with the sentences of what it would break. */
export function effectOf(words: Words, exposure: Exposure): Told;
export function effectOf(words: Words, exposure: Exposure | null): Told | null;
export function effectOf(words: Words, exposure: Exposure | null): Told | null {
  return exposure && { ...exposure, broken: brokenOf(words, exposure.broken), assumed: exposure.assumed.map((setting) => settingTitle(words, setting)) };
}

type Told = Omit<Exposure, "broken"> & { broken: string[] };
