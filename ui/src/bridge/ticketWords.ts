import type { Words } from "@/words";

/**
 * An attribute of a ticket as people call it. What the desk sorts tickets by (`by`: `queue`, `category`, `department` ...)
 * is kept as a queue, and called as the desk calls it.
 */
export function attributeName({ t, tOr }: Words, name: string, by: string): string {
  if (name === "queue" && (by === "category" || by === "department")) return t(`place.one.${by}`);
  return tOr(`preview.attribute.${name}`, tOr(`portal.word.${name}`, name));
}

/** The way something was said on (`EMAIL`, `Phone`); the desk's own name where the catalogue has none. */
export function channelName({ tOr }: Words, channel: string): string {
  return tOr(`preview.channel.${channel.toLowerCase()}`, channel);
}
