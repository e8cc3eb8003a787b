import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import { StandingBadge } from "@/kit/StandingBadge";
import { doubtOf, reasonLine } from "@/bridge/ruleText";
import type { PortalPart } from "@/bridge/types";
import { useWords } from "@/words";
import { rightLine } from "./rightLine";
import classes from "./Panels.module.css";

interface PortalPartsProps {
  parts: PortalPart[];
  /** Opens the list of an app; without it no list is offered. */
  onApp?: (key: string) => void;
}

/** The portal's pages with what lies on them, and its apps: what is shown, what is not, and why. */
export function PortalParts({ parts, onApp }: PortalPartsProps) {
  const { t, number } = useWords();
  const apps = parts.filter((part) => part.kind === "app");
  const pages = parts.filter((part) => part.kind !== "app");
  const shown = (some: PortalPart[]) => some.filter((part) => part.shown === true).length;
  return (
    <>
      {[{ title: t("preview.pages"), some: pages }, { title: t("preview.apps"), some: apps }]
        .filter(({ some }) => some.length > 0)
        .map(({ title, some }) => (
          <section key={title} className={classes.part}>
            <h3>
              {title} <span className={classes.facts}>{t("preview.shownOf", { shown: number(shown(some)), all: number(some.length) })}</span>
            </h3>
            <ul className={classes.verdicts}>
              {some.map((part) => (
                <Part key={part.path} part={part} onApp={onApp} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}

function Part({ part, onApp }: { part: PortalPart; onApp: PortalPartsProps["onApp"] }) {
  const words = useWords();
  const { t, number } = words;
  const items = part.items;
  return (
    <li data-shown={part.shown === true} className={part.page === "" ? classes.object : classes.onPage}>
      <VerdictIcon verdict={verdictOf(part.shown)} /> {part.name || part.path}{" "}
      <span className={classes.facts}>{t(`preview.partKind.${part.kind}`)}</span>
      {part.change === "" ? null : <em className={classes.change}> {t(`preview.partChange.${part.change}`)}</em>}
      {items ? (
        onApp ? (
          <button type="button" className={classes.items} onClick={() => onApp(part.key)}>
            {t("preview.items", { count: items.all, figure: number(items.all) })}
          </button>
        ) : (
          <span className={classes.facts}> {t("preview.items", { count: items.all, figure: number(items.all) })}</span>
        )
      ) : null}
      <p className={classes.facts}>
        {reasonLine(words, { ...part.reason, facts: [] }, part.shown)} <StandingBadge standing={doubtOf(part.reason)} small />
      </p>
      {part.right ? <p className={classes.facts}>{rightLine(words, part.right)}</p> : null}
      <p className={classes.facts}>{part.path}</p>
    </li>
  );
}
