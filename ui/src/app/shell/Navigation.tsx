import { useRouterState } from "@tanstack/react-router";
import { Fragment } from "react";
import type { WorkspaceInfo } from "@/bridge/types";
import { useWords } from "@/words";
import { type Screen, screenGroupsOf } from "../screenList";
import { Directory } from "./Directory";
import classes from "./Shell.module.css";

/** The screens with their counts; at the foot, how old the tickets are. */
export function Navigation({ info }: { info: WorkspaceInfo }) {
  const { t } = useWords();
  return (
    <nav className={classes.nav} aria-label={t("app.zone.navigation")} data-zone="navigation">
      {screenGroupsOf(info).map((group, place) => (
        <Fragment key={group[0]?.path}>
          <ul className={classes.group}>
            {group.map((screen) => (
              <Item key={screen.path} screen={screen} info={info} />
            ))}
          </ul>
          {place === 0 ? <Directory desk={info.desk} /> : null}
        </Fragment>
      ))}
      <State info={info} />
    </nav>
  );
}

function Item({ screen, info }: { screen: Screen; info: WorkspaceInfo }) {
  const { t, number } = useWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const count = screen.count?.(info);
  const Icon = screen.icon;
  return (
    <li>
      <a href={`#${screen.path}`} className={classes.item} aria-current={path === screen.path ? "page" : undefined} title={t(screen.name)}>
        <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
        <span className={classes.itemName}>{t(screen.name)}</span>
        {count === undefined || (screen.yours && count === 0) ? null : (
          <span className={classes.count} data-yours={screen.yours || undefined}>
            {number(count)}
          </span>
        )}
      </a>
    </li>
  );
}

/** What a person should know before trusting what she sees. */
function State({ info }: { info: WorkspaceInfo }) {
  const { t, date, ago } = useWords();
  return (
    <div className={classes.state}>
      {info.as_of ? <p title={date(info.as_of)}>{t("app.asOf", { when: ago(info.as_of) })}</p> : <p>{t("app.noTickets")}</p>}
      {info.read_only ? <p>{t("app.readOnly")}</p> : null}
      {info.unknown_settings.length > 0 ? (
        <p>
          <a href="#/portal">{t("app.unknownSettings", { count: info.unknown_settings.length })}</a>
        </p>
      ) : null}
      {info.conflicts > 0 ? (
        <p>
          <a href="#/review">{t("app.conflicts", { count: info.conflicts })}</a>
        </p>
      ) : null}
    </div>
  );
}
