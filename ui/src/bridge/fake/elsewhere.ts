import texts from "@/words/en/translation.json";
import type { DesksCompared, Effect, FoundTicket, PersonElsewhere, TranslationStatement, WorkspaceTranslated } from "../bindings.gen";
import { exposureOf, withForm } from "./exposure";
import type { World } from "./world";

const effects: Record<string, Effect> = {
  "otobo.read.groups": "more", "zoho.write.reply": "more", "daktela.write.flag": "more", "daktela.write.without_account": "more", "innosoft.write.own_address": "more",
  "otobo.read.others": "less", "daktela.write.elsewhere": "less", "daktela.write.reading": "less", "otobo.read.services": "lost", "innosoft.write.further": "lost",
};
const ORDER: readonly Effect[] = ["more", "less", "lost", "same"];

function statementsOf(from: string, to: string, counted: boolean): TranslationStatement[] {
  const wanted = Object.entries(texts).filter(([id]) => id.startsWith(`${from}.read.`) || id.startsWith(`${to}.write.`));
  const all = wanted.map(([id, text], n) => {
    const effect = effects[id] ?? "same";
    return { id, effect, text, count: counted && effect !== "same" ? 1_204 - n * 37 : null };
  });
  return all.toSorted((a, b) => ORDER.indexOf(a.effect) - ORDER.indexOf(b.effect));
}

/** By the other rules groups decide nothing: everybody is in all of them. */
function moved(world: World): () => void {
  const rights = world.groups.map((group) => ({ group: group.id, permissions: ["ro"] }));
  const back = [...world.people.values()].map((person) => withForm(world, person.id, { ...person.form, groups: rights }));
  return () => back.forEach((undo) => undo());
}

/** The same people by the rules of another desk. */
export function elsewhere(open: () => World) {
  return {
    translation: (to: string) => statementsOf(open().desk, to, false),
    compareDesks: (to: string): DesksCompared => {
      const world = open();
      return { statements: statementsOf(world.desk, to, true), exposure: exposureOf(world, world.people.keys(), () => moved(world)) };
    },
    personElsewhere: (to: string, id: string): PersonElsewhere => {
      const world = open();
      const { examples } = exposureOf(world, [id], () => moved(world));
      const one = examples[0];
      const named = (numbers: readonly string[]): FoundTicket[] =>
        world.tickets
          .filter((ticket) => numbers.includes(ticket.number))
          .map(({ number, title, queue, state, created, owner, account }) => ({ number, title, place: queue, state, created, owner, account }));
      return {
        statements: statementsOf(world.desk, to, true).map((said) => ({ ...said, count: said.count === null ? null : 1 })),
        gained: one?.gained ?? 0, lost: one?.lost ?? 0, login_change: one?.login_change ?? "", unknown: false,
        gained_tickets: named(one?.gained_tickets ?? []), lost_tickets: named(one?.lost_tickets ?? []),
      };
    },
    translateWorkspace: (to: string, path: string): WorkspaceTranslated => ({ path, statements: statementsOf(open().desk, to, true) }),
  };
}
