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

/** The names in a list of groups. */
export function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A value as people read it: "On", "users, service-desk", "PostgreSQL". */
export function readable(words: Words, setting: SettingValue, text: string | null): string {
  const value = parsed(text);
  if (value === null) return words.t("workspace.setting.unknown");
  if (setting.kind === "switch") return words.t(isOn(value) ? "workspace.setting.on" : "workspace.setting.off");
  if (setting.kind === "groups") return namesOf(value).join(", ") || words.t("workspace.setting.noGroup");
  return words.tOr(`workspace.choice.${settingKey(String(value))}`, String(value));
}
