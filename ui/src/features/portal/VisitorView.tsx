import { Button } from "@mantine/core";
import { Eye } from "lucide-react";
import { asApiError } from "@/bridge/error";
import { useVisitor } from "@/bridge/reads";
import { factsText, reasonLine, surenessOf } from "@/bridge/ruleText";
import type { Reason, SettingValue, VisitorPreview, WorkspaceInfo } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon, verdictOf } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { titleOf } from "./settingValue";
import classes from "./Visitor.module.css";

interface VisitorViewProps {
  workspace: WorkspaceInfo;
  /** Whether settings were edited and are not saved: what is shown does not follow them. */
  dirty: boolean;
  /** Leads back to the settings. */
  onSettings: () => void;
}

/** The portal before the log-in, as the saved settings make it. Nothing in it can be used. */
export function VisitorView({ workspace, dirty, onSettings }: VisitorViewProps) {
  const { t } = useWords();
  const query = useVisitor();
  return (
    <div className={classes.view} aria-busy={query.isFetching} tabIndex={0} role="region" aria-label={t("portal.visitor.title")}>
      {dirty ? (
        <p role="status" className={classes.note}>
          {t("portal.visitor.asSaved")}
        </p>
      ) : null}
      <div className={classes.portal}>
        <p className={classes.ribbon}>
          <Eye size={13} strokeWidth={1.6} aria-hidden="true" />
          {t("preview.readOnly")}
        </p>
        <div className={classes.head}>
          <strong>{workspace.name}</strong>
          {query.data?.address ? <span className={classes.address}>{query.data.address}</span> : null}
          <span>{t("portal.visitor.notLoggedIn")}</span>
        </div>
        {query.isError && !query.data ? <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <EmptyState title={t("kit.loading")} /> : null}
        {query.data ? <Seen seen={query.data} settings={workspace.settings} onSettings={onSettings} /> : null}
      </div>
    </div>
  );
}

function Seen({ seen, settings, onSettings }: { seen: VisitorPreview; settings: SettingValue[]; onSettings: () => void }) {
  const words = useWords();
  const { t } = words;
  const unknown = seen.unknown_settings.map((name) => settings.find((setting) => setting.name === name)).filter((setting) => setting !== undefined);
  return (
    <>
      {unknown.length > 0 ? (
        <section className={classes.unknown} aria-label={t("preview.unknownTitle")}>
          <p>
            <VerdictIcon verdict="unknown" /> {t("portal.visitor.unknown", { names: unknown.map((setting) => titleOf(words, setting)).join(", ") })}
          </p>
          <Button variant="default" onClick={onSettings}>
            {t("preview.toSettings")}
          </Button>
        </section>
      ) : null}
      {seen.portal === true ? <Entry seen={seen} /> : <Shut answer={seen.portal} reason={seen.portal_reason} />}
    </>
  );
}

/** Where the portal shows no pages, or nobody can tell: there is nothing more to look at. */
function Shut({ answer, reason }: { answer: boolean | null; reason: Reason }) {
  const { t } = useWords();
  return (
    <section className={classes.part} aria-label={t("portal.visitor.pages")}>
      <h2>{t("portal.visitor.pages")}</h2>
      <ul>
        <Line answer={answer} name={t(answer === null ? "portal.visitor.pagesUnknown" : "portal.visitor.noPages")} reason={reason} />
      </ul>
    </section>
  );
}

/** The login page, and what is there without a login. */
function Entry({ seen }: { seen: VisitorPreview }) {
  const { t, tOr } = useWords();
  return (
    <>
      <section className={classes.part} aria-label={t("portal.visitor.login")}>
        <h2>{t("portal.visitor.login")}</h2>
        <p className={classes.quiet}>{t(seen.home.length === 0 ? "portal.visitor.loginOnly" : "portal.visitor.loginToo")}</p>
      </section>
      {seen.home.length > 0 ? (
        <section className={classes.part} aria-label={t("portal.visitor.home")}>
          <h2>{t("portal.visitor.home")}</h2>
          <ul>
            {seen.home.map((part) => (
              <Line key={part.name} answer={part.shown} name={tOr(`preview.homePart.${part.name}`, part.name)} reason={part.reason} />
            ))}
          </ul>
        </section>
      ) : null}
      <section className={classes.part} aria-label={t("portal.visitor.submit")}>
        <h2>{t("portal.visitor.submit")}</h2>
        <ul>
          <Line
            answer={seen.may_submit}
            name={t(`portal.visitor.maySubmit.${verdictOf(seen.may_submit)}`)}
            reason={seen.submit_reason}
          />
        </ul>
      </section>
    </>
  );
}

/** A thing of the portal: whether it is there, by which rule, and how well that is known. */
function Line({ answer, name, reason }: { answer: boolean | null; name: string; reason: Reason }) {
  const words = useWords();
  const because = reason.rule === "" ? words.t("portal.visitor.noRule") : reasonLine(words, { ...reason, facts: [] }, answer);
  return (
    <li>
      <VerdictIcon verdict={verdictOf(answer)} />
      <span>
        {name}
        <span className={classes.reason}>
          {because} <StandingBadge standing={surenessOf(reason)} />
        </span>
        {reason.facts.length > 0 ? <span className={classes.reason}>{factsText(words, reason.facts)}</span> : null}
      </span>
    </li>
  );
}
