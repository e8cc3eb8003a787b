import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { deskOf } from "@/bridge/desks";
import { useCompareDesks } from "@/bridge/elsewhere";
import { asApiError } from "@/bridge/error";
import { useErrorWords } from "@/bridge/errorWords";
import type { WorkspaceInfo } from "@/bridge/types";
import { PageHead } from "@/kit/PageHead";
import { Segments } from "@/kit/Segments";
import { StatusLine } from "@/kit/StatusLine";
import { useWords } from "@/words";
import { DesksResult } from "./DesksResult";
import { HowFar } from "./HowFar";
import { KeepButton } from "./KeepButton";
import { type Eyes, PersonElsewhere } from "./PersonElsewhere";
import { Statements } from "./Statements";
import classes from "./Desks.module.css";

/** The same people by the rules of another desk, for those who move. */
export function DesksScreen({ info, eyes }: { info: WorkspaceInfo; eyes: Eyes }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const [to, setTo] = useState(info.translations[0] ?? "");
  const [person, setPerson] = useState<{ id: string; name: string } | null>(null);
  const work = useCompareDesks();
  const { cancel } = work;
  const leave = useRef(cancel);
  useEffect(() => {
    leave.current = cancel;
  });
  // Nobody waits for the answer any more.
  useEffect(() => () => leave.current(), []);
  const choose = (desk: string) => {
    if (work.running) work.cancel();
    work.reset();
    setTo(desk);
  };
  const stopped = work.error !== null && asApiError(work.error).code === "cancelled";
  const failed = work.error !== null && !stopped ? errorWords(work.error) : null;
  return (
    <section className={classes.screen} aria-busy={work.running}>
      <PageHead level={1} title={t("elsewhere.title")} sub={t("elsewhere.sub")}>
        <KeepButton to={to} name={info.name} disabled={work.running} />
      </PageHead>
      <div className={classes.bar}>
        <Segments name="other-desk" label={t("elsewhere.desk")} value={to} segments={info.translations.map((id) => ({ value: id, label: deskOf(id)?.name ?? id }))} onChange={choose} />
        {work.running ? (
          <Button variant="default" disabled={work.cancelling} onClick={work.cancel}>
            {t("kit.cancel")}
          </Button>
        ) : (
          <Button onClick={() => void work.run(to).catch(() => undefined)}>{t(work.data ? "elsewhere.again" : "elsewhere.compare")}</Button>
        )}
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("elsewhere.title")}>
        <Statements to={to} counted={work.data?.statements ?? null} />
        <section className={classes.part} aria-label={t("elsewhere.result")}>
          <h2 className={classes.heading}>{t("elsewhere.result")}</h2>
          {failed ? (
            <p role="alert" className={classes.failed}>
              <strong>{failed.title}</strong> {failed.text}
            </p>
          ) : null}
          {work.data ? <DesksResult found={work.data.exposure} desk={deskOf(to)?.name ?? to} onPerson={setPerson} /> : null}
          {!work.data && !failed ? <p className={classes.muted}>{t("elsewhere.before")}</p> : null}
        </section>
      </div>
      {work.running ? (
        <StatusLine>
          <HowFar news={work.news} />
        </StatusLine>
      ) : null}
      <PersonElsewhere person={person} to={to} eyes={eyes} onClose={() => setPerson(null)} />
    </section>
  );
}
