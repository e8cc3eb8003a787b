import type { PortalRight } from "@/bridge/types";
import type { Words } from "@/words";

/** A right on an object of the portal and from where it comes, in one line. */
export function rightLine({ t, tOr }: Words, right: PortalRight): string {
  const level = tOr(`preview.level.${right.level}`, right.level);
  const way = t(`preview.rightThrough.${right.through}`, { level, group: right.group });
  return right.from === "" ? way : `${way} ${t("preview.rightFrom", { from: right.from })}`;
}
