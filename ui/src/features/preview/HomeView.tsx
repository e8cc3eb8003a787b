import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import type { Preview, Viewer } from "@/bridge/types";
import { useWords } from "@/words";
import { doubtOf, reasonLine } from "@/bridge/ruleText";
import { StandingBadge } from "@/kit/StandingBadge";
import { Colleagues } from "./Colleagues";
import { Growing } from "./Growing";
import { PortalParts } from "./PortalParts";
import classes from "./Panels.module.css";

/** Whether the desk's portal has anything beside its tickets. */
export function hasHome(preview: Preview): boolean {
  return preview.home.length + preview.colleagues.length + preview.machines.length + preview.contact_persons.length + preview.objects.length + preview.parts.length > 0;
}

interface HomeViewProps {
  preview: Preview;
  viewer: Viewer;
  /** Opens the list of an app; without it no list is offered. */
  onApp?: (key: string) => void;
}

/** What surrounds the tickets: the parts of the home, pages and apps, colleagues, machines, objects. */
export function HomeView({ preview, viewer, onApp }: HomeViewProps) {
  const words = useWords();
  const { t, tOr, number } = words;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("preview.home")}>
      {preview.home.length > 0 ? (
        <section className={classes.part}>
          <h3>{t("preview.homeParts")}</h3>
          <ul className={classes.verdicts}>
            {preview.home.map((part) => (
              <li key={part.name}>
                <VerdictIcon verdict={verdictOf(part.shown)} /> {tOr(`preview.homePart.${part.name}`, part.name)}
                <p className={classes.facts}>
                  {reasonLine(words, { ...part.reason, facts: [] }, part.shown)} <StandingBadge standing={doubtOf(part.reason)} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <PortalParts parts={preview.parts} onApp={onApp} />
      <Colleagues viewer={viewer} colleagues={preview.colleagues} />
      {preview.machines.length > 0 ? (
        <section className={classes.part}>
          <h3>
            {t("preview.machines")} <span className={classes.facts}>{number(preview.machines.length)}</span> <StandingBadge standing={preview.assumed_in.includes("machines") ? "A" : ""} />
          </h3>
          <Growing all={preview.machines}>
            {(machine) => (
              <li key={machine.id}>
                {machine.name || machine.number} <span className={classes.facts}>{machine.number}</span>
              </li>
            )}
          </Growing>
        </section>
      ) : null}
      {preview.contact_persons.length > 0 ? (
        <section className={classes.part}>
          <h3>
            {t("preview.contactPersons")} <span className={classes.facts}>{number(preview.contact_persons.length)}</span> <StandingBadge standing="A" />
          </h3>
          <p className={classes.facts}>{t("preview.contactPersonsText")}</p>
          <Growing all={preview.contact_persons}>
            {(contact) => (
              <li key={contact.id}>
                {contact.name} {contact.email === contact.name ? null : <span className={classes.facts}>{contact.email}</span>}
              </li>
            )}
          </Growing>
        </section>
      ) : null}
      {preview.objects.length > 0 ? (
        <section className={classes.part}>
          <h3>
            {t("preview.objects")} <span className={classes.facts}>{number(preview.objects.length)}</span>
          </h3>
          <Growing all={preview.objects}>
            {(object) => (
              <li key={object.path}>
                {object.path} <span className={classes.facts}>{tOr(`preview.level.${object.level}`, object.level)}</span>
              </li>
            )}
          </Growing>
        </section>
      ) : null}
    </div>
  );
}
