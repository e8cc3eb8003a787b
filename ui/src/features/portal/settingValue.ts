import type { SettingValue } from "@/bridge/types";
import type { Words } from "@/words";

/** A setting's name as a key of the catalogue: "Ticket::Type" -> "Ticket_Type". */
export function settingKey(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");
}

/** A value from its JSON text; null where it is none. */
export function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Whether a switch is on; desks write true, 1 and "1". */
export function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === "1";
}

/** The names in a list. */
export function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** What holds at present: what was given or, where nobody has said and the documentation is silent, the default. */
export function holding(setting: SettingValue): string | null {
  return setting.value ?? (setting.assumed ? setting.default : null);
}

/** What is called what: a setting's title, in the words of the desk. */
export function titleOf({ tOr }: Words, setting: SettingValue): string {
  return tOr(`portal.setting.${settingKey(setting.name)}.title`, setting.name);
}

/** A word that a setting can hold, as people read it. */
export function wordOf({ tOr }: Words, setting: SettingValue, word: string): string {
  const general = tOr(`portal.word.${settingKey(word)}`, word);
  return tOr(`portal.setting.${settingKey(setting.name)}.word.${settingKey(word)}`, general);
}

/** A value as people read it: "On", "users, service-desk", "PostgreSQL". */
export function readable(words: Words, setting: SettingValue, text: string | null): string {
  const value = parsed(text);
  if (value === null) return words.t("portal.notKnown");
  switch (setting.kind) {
    case "switch":
      return words.t(isOn(value) ? "portal.on" : "portal.off");
    case "number":
      return words.number(Number(value));
    case "names":
      return namesOf(value).join(", ") || words.t("portal.none");
    case "words":
      return namesOf(value).map((word) => wordOf(words, setting, word)).join(", ") || words.t("portal.none");
    case "choice":
      return wordOf(words, setting, String(value));
    default:
      return String(value) || words.t("portal.none");
  }
}
