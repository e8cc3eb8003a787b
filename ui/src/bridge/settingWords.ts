import type { Words } from "@/words";
import { plainKey } from "./ruleText";

/** A word that a setting holds, as people read it. */
function wordText(words: Words, setting: string, word: string): string {
  return words.tOr(`portal.setting.${plainKey(setting)}.word.${plainKey(word)}`, words.tOr(`portal.word.${plainKey(word)}`, word));
}

/** What a setting holds, kept as JSON text, as people read it: "On", "Registered only", "users, service-desk". */
export function settingText(words: Words, setting: string, json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  if (value === null) return words.t("portal.notKnown");
  if (typeof value === "boolean") return words.t(value ? "portal.on" : "portal.off");
  if (typeof value === "number") return words.number(value);
  if (Array.isArray(value)) return value.map((word) => wordText(words, setting, String(word))).join(", ") || words.t("portal.none");
  return typeof value === "string" ? wordText(words, setting, value) : json;
}
