import type { Reason, TicketRow, Untold } from "./bindings.gen";
import type { Words } from "@/words";

/** Whether what is assumed is the value of a setting: its name stands for the rule's id. */
export function isSetting(id: string): boolean {
  return id.includes("::");
}

/** The text of a rule in the current language; where the catalogue has none, the one that came with it. */
export function ruleText(words: Words, id: string, otherwise: string): string {
  if (isSetting(id)) return words.t("preview.assumedSetting", { title: settingTitle(words, id) });
  return id === "" ? otherwise : words.tOr(`rule.${id}`, otherwise);
}

/** The text of a rule that does not hold, where the catalogue has one; otherwise the rule's own. */
export function refusalText(words: Words, id: string, otherwise: string): string {
  return id !== "" && words.has(`ruleNot.${id}`) ? words.t(`ruleNot.${id}`) : ruleText(words, id, otherwise);
}

/** Names of facts hold signs that mean something to the catalogue ("Ticket::Type"), so they are made plain. */
export function plainKey(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");
}

/** A fact's name in the current language; what stands in brackets behind it ("(ro, rw)") is the desk's own. */
function factName(words: Words, name: string): string {
  const [, plain = name, bracket = ""] = /^(.*?)(\s*\([^)]*\))?$/.exec(name) ?? [];
  return words.tOr(`fact.${plainKey(plain)}`, settingTitle(words, plain)) + bracket;
}

/** A fact's value: yes and no in words, a setting's as the setting calls it, everything else as the desk has it. */
function factValue(words: Words, name: string, value: string): string {
  if (value === "") return words.t("preview.nothing");
  if (value === "true" || value === "false") return words.t(value === "true" ? "preview.yes" : "preview.no");
  const key = `portal.setting.${plainKey(name)}.word.${plainKey(value)}`;
  return words.has(key) ? words.t(key) : value;
}

/** What entered the decision, in one line: "account AACHEN; hers AACHEN, BRNO-PAPIR". */
export function factsText(words: Words, facts: readonly [string, string][]): string {
  return facts
    .map(([name, value]) => `${factName(words, name)} ${factValue(words, name, value)}`)
    .join("; ");
}

/** The text of a rule that holds, short enough for a line, where the catalogue has one; otherwise the rule's own. */
function shortText(words: Words, id: string, otherwise: string): string {
  return id !== "" && words.has(`ruleShort.${id}`) ? words.t(`ruleShort.${id}`) : ruleText(words, id, otherwise);
}

/** A reason as one line: the rule, and the value that entered first, which is the telling one; yes and no are said by the rule. Without a rule, what entered. */
export function reasonLine(words: Words, reason: Reason, holds: boolean | null): string {
  const text = holds === false ? refusalText(words, reason.rule, reason.text) : shortText(words, reason.rule, reason.text);
  if (text === "") return factsText(words, reason.facts);
  const value = reason.facts[0]?.[1] ?? "";
  return ["", "true", "false"].includes(value) ? text : `${text} · ${value}`;
}

/** A setting of the desk as people call it; its own name where the catalogue has none. */
export function settingTitle(words: Words, setting: string): string {
  return words.tOr(`portal.setting.${plainKey(setting)}.title`, setting);
}

/** One thing that is missing before something can be told, as a sentence. */
export function untoldText(words: Words, untold: Untold): string {
  if (untold.why === "") return words.t("preview.settingMissing", { title: settingTitle(words, untold.setting) });
  return words.tOr(`preview.untoldWhy.${plainKey(untold.setting)}`, untold.why);
}

/** The same, short enough for a line where the catalogue has it so. */
export function untoldShort(words: Words, untold: Untold): string {
  const key = `preview.untoldShort.${plainKey(untold.setting)}`;
  return untold.why !== "" && words.has(key) ? words.t(key) : untoldText(words, untold);
}

/** Ids of the rules that no documentation states and that decided on the ticket; none where all are founded. */
export function assumedOf(ticket: TicketRow): string[] {
  if (ticket.assumed.length > 0) return ticket.assumed;
  return ticket.reason.standing === "A" ? [ticket.reason.rule] : [];
}

/** How sure an answer is, as a standing: assumed as soon as an assumed rule decided too, else as the rule that is named. */
export function surenessOf({ standing, assumed }: Reason): string {
  return assumed.length > 0 ? "A" : standing;
}

/** The same, where only what is assumed is told. */
export function doubtOf(reason: Reason): string {
  return surenessOf(reason) === "A" ? "A" : "";
}
