import type { Words } from "@/words";
import type { Meant } from "./bindings.gen";

/** What a change was meant to do, in words: the intent with the names that belong to it. */
export function intentText({ tOr }: Words, { intent, detail }: Meant): string {
  const key = intent.startsWith("intent.") ? intent : `intent.${intent}`;
  return tOr(key, intent, Object.fromEntries(detail));
}
