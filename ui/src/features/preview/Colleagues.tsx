import { useId, useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { useErrorWords } from "@/bridge/errorWords";
import { useColleague } from "@/bridge/reads";
import { doubtOf, factsText, reasonLine } from "@/bridge/ruleText";
import type { Colleague, ColleagueSetting, Viewer } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { Growing } from "./Growing";
import classes from "./Panels.module.css";

interface ColleaguesProps {
  viewer: Viewer;
  colleagues: Colleague[];
}

/** Other external users whom the person sees; opened, their settings to read. Nothing here can write. */
export function Colleagues({ viewer, colleagues }: ColleaguesProps) {
  const { t, number } = useDeskWords();
  const [open, setOpen] = useState<string | null>(null);
  if (colleagues.length === 0) return null;
  return (
    <section className={classes.part}>
      <h3>
        {t("preview.colleagues")} <span className={classes.facts}>{number(colleagues.length)}</span>
      </h3>
      <Growing all={colleagues}>
        {(other) => <Line key={other.id} viewer={viewer} other={other} open={open === other.id} onOpen={() => setOpen(open === other.id ? null : other.id)} />}
      </Growing>
    </section>
  );
}

interface LineProps {
  viewer: Viewer;
  other: Colleague;
  open: boolean;
  onOpen: () => void;
}

function Line({ viewer, other, open, onOpen }: LineProps) {
  const id = useId();
  return (
    <li>
      <button type="button" className={classes.opens} aria-expanded={open} aria-controls={open ? id : undefined} onClick={onOpen}>
        {other.name || other.login}
      </button>{" "}
      <span className={classes.facts}>{other.login}</span>
      {open ? (
        <div id={id} className={classes.opened}>
          <Opened viewer={viewer} id={other.id} />
        </div>
      ) : null}
    </li>
  );
}

function Opened({ viewer, id }: { viewer: Viewer; id: string }) {
  const words = useDeskWords();
  const errorWords = useErrorWords();
  const query = useColleague(viewer, id);
  const { t, d } = words;
  if (query.isError) return <p className={classes.facts}>{errorWords(query.error).title}</p>;
  if (!query.data) return <p className={classes.facts}>{t("kit.loading")}</p>;
  const { reason, settings } = query.data;
  return (
    <>
      <p className={classes.facts} title={factsText(words, reason.facts)}>
        {reasonLine(words, { ...reason, facts: [] }, true)} <StandingBadge standing={doubtOf(reason)} />
      </p>
      <dl className={classes.readOnly} aria-label={t("preview.colleagueSettings")}>
        {settings.map((setting) => (
          <div key={setting.field}>
            <dt>{d(`field.${setting.field}`)}</dt>
            <dd>
              <Value setting={setting} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Value({ setting }: { setting: ColleagueSetting }) {
  const { t, status } = useDeskWords();
  if (setting.on !== null) return t(setting.on ? "userform.yes" : "userform.no");
  if (setting.values.length === 0) return <span className={classes.facts}>{t("review.empty")}</span>;
  return setting.field === "status" ? status(setting.values[0] ?? "") : setting.values.join(", ");
}
