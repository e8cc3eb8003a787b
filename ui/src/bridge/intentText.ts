import type { Words } from "@/words";
import type { Meant } from "./bindings.gen";

/** What a change was meant to do, in words: the intent with the names that belong to it. */
export function intentText({ tOr }: Words, { intent, detail }: Meant): string {
  const key = intent.startsWith("intent.") ? intent : `intent.${intent}`;
  return tOr(key, intent, Object.fromEntries(detail.map(([name, value]) => [name, key === "intent.settings" && name === "names" ? settingTitles(tOr, value) : value])));
}

/** Names of settings, with commas between them, as people call them. */
function settingTitles(tOr: Words["tOr"], names: string): string {
  return names
    .split(", ")
    .map((name) => tOr(`portal.setting.${name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "")}.title`, name))
    .join(", ");
}
