import type { DeskWords } from "@/bridge/deskWords";
import { plainKey } from "@/bridge/ruleText";
import type { Flip, FlipChange } from "@/bridge/types";
import { accountRightHref } from "@/features/groups/paths";
import { portalHref } from "@/features/portal/paths";
import { recordHref } from "@/features/records/paths";

/** Where a change is made that is not the person's own, as an address for links. */
export function placeHref(flip: Flip, change: FlipChange): string {
  if (change.entity === "setting") return portalHref;
  if (change.entity !== "account") return recordHref(change.entity, change.id);
  const context = change.field === "groups_other" ? "other" : "same";
  const cells = flip.cells.filter((edits) => edits.context === context).flatMap((edits) => edits.cells ?? []);
  return accountRightHref(change.id, cells.find((cell) => cell.row === change.id)?.group ?? "", context);
}

/** What a setting holds, from its JSON text. */
function settingValue(words: DeskWords, name: string, text: string): string {
  let value: unknown = null;
  try {
    value = text === "" ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
  if (typeof value === "boolean") return words.t(value ? "flips.on" : "flips.off");
  if (Array.isArray(value)) return value.length === 0 ? words.t("flips.nothing") : value.join(", ");
  if (typeof value !== "string") return words.t("flips.nothing");
  const general = words.tOr(`portal.word.${plainKey(value)}`, value);
  return words.tOr(`portal.setting.${plainKey(name)}.word.${plainKey(value)}`, general);
}

/** "Support:ro" as "Support (ro)", in the desk's words. */
function rightText({ d }: DeskWords, kind: "permission" | "level", text: string): string {
  const colon = text.lastIndexOf(":");
  return `${text.slice(0, colon)} (${d(`${kind}.${text.slice(colon + 1)}`)})`;
}

function valueText(words: DeskWords, { entity, key, field }: FlipChange, text: string): string {
  if (entity === "setting") return settingValue(words, key, text);
  if (text === "") return words.t("flips.nothing");
  if (field === "groups" || field === "groups_other") return rightText(words, "permission", text);
  if (field === "objects") return rightText(words, "level", text);
  if (field === "status") return words.status(text);
  return words.tOr(`flips.word.${field}.${plainKey(text)}`, text);
}

function fieldText(words: DeskWords, { entity, key, field }: FlipChange): string {
  if (entity === "external_user") return words.d(`field.${field}`);
  if (entity === "setting") return words.tOr(`portal.setting.${plainKey(key)}.title`, key);
  return words.tOr(`flips.field.${field}`, words.tOr(`records.field.${field}`, field));
}

/** A change as one line: "Account ACME · Rights on groups: add Support (ro)". */
export function changeText(words: DeskWords, change: FlipChange): string {
  const { t } = words;
  const field = fieldText(words, change);
  const shown = (text: string) => valueText(words, change, text);
  const flag = change.entity === "external_user" && ["true", "false"].includes(change.to);
  const what = flag
    ? t(change.to === "true" ? "flips.switchOn" : "flips.switchOff", { field })
    : change.from !== "" && change.to !== ""
      ? t("flips.set", { field, from: shown(change.from), to: shown(change.to) })
      : t(change.from === "" ? "flips.add" : "flips.remove", { field, item: shown(change.from || change.to) });
  if (change.entity === "external_user") return what;
  const name = change.entity === "setting" ? t("flips.of.setting") : t(`flips.of.${change.entity}`, { name: change.key });
  return `${name} · ${what}`;
}
