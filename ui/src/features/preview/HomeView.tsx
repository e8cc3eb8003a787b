import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import type { Preview } from "@/bridge/types";
import { useWords } from "@/words";
import { reasonLine } from "@/bridge/ruleText";
import { StandingBadge } from "@/kit/StandingBadge";
import { PortalParts } from "./PortalParts";
import classes from "./Panels.module.css";

/** Whether the desk's portal has anything beside its tickets. */
export function hasHome(preview: Preview): boolean {
  return preview.home.length + preview.colleagues.length + preview.machines.length + preview.objects.length + preview.parts.length > 0;
}

interface HomeViewProps {
  preview: Preview;
  /** Opens the list of an app; without it no list is offered. */
  onApp?: (key: string) => void;
}

/** What surrounds the tickets: the parts of the home, pages and apps, colleagues, machines, objects. */
export function HomeView({ preview, onApp }: HomeViewProps) {
  const words = useWords();
  const { t, tOr, number } = words;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("preview.home")}>
      {preview.home.length > 0 ? (
        <section className={classes.part}>
          <h3>{t("preview.homeParts")}</h3>
          <ul>
            {preview.home.map((part) => (
              <li key={part.name}>
                <VerdictIcon verdict={verdictOf(part.shown)} /> {tOr(`preview.homePart.${part.name}`, part.name)}
                <p className={classes.facts}>
                  {reasonLine(words, part.reason, part.shown)} <StandingBadge standing={part.reason.standing === "A" ? "A" : ""} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <PortalParts parts={preview.parts} onApp={onApp} />
      {preview.colleagues.length > 0 ? (
        <section className={classes.part}>
          <h3>
            {t("preview.colleagues")} <span className={classes.facts}>{number(preview.colleagues.length)}</span>
          </h3>
          <ul>
            {preview.colleagues.slice(0, SHOWN).map((other) => (
              <li key={other.id}>
                {other.name || other.login} <span className={classes.facts}>{other.login}</span>
              </li>
            ))}
          </ul>
          <More count={preview.colleagues.length} />
        </section>
      ) : null}
      {preview.machines.length > 0 ? (
        <section className={classes.part}>
          <h3>
            {t("preview.machines")} <span className={classes.facts}>{number(preview.machines.length)}</span>
          </h3>
          <ul>
            {preview.machines.slice(0, SHOWN).map((machine) => (
              <li key={machine.id}>
                {machine.name || machine.number} <span className={classes.facts}>{machine.number}</span>
              </li>
            ))}
          </ul>
          <More count={preview.machines.length} />
        </section>
      ) : null}
      {preview.objects.length > 0 ? (
        <section className={classes.part}>
          <h3>
            {t("preview.objects")} <span className={classes.facts}>{number(preview.objects.length)}</span>
          </h3>
          <ul>
            {preview.objects.slice(0, SHOWN).map((object) => (
              <li key={object.path}>
                {object.path} <span className={classes.facts}>{tOr(`preview.level.${object.level}`, object.level)}</span>
              </li>
            ))}
          </ul>
          <More count={preview.objects.length} />
        </section>
      ) : null}
    </div>
  );
}

const SHOWN = 200;

/** Nothing is left out silently. */
function More({ count }: { count: number }) {
  const { t, number } = useWords();
  if (count <= SHOWN) return null;
  return <p className={classes.facts}>{t("preview.andMore", { count: count - SHOWN, figure: number(count - SHOWN) })}</p>;
}
