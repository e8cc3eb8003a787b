import { Drawer } from "@mantine/core";
import { type MouseEvent, type ReactNode, useState } from "react";
import { useWords } from "@/words";
import { StandingBadge } from "./StandingBadge";
import type { Effect, EffectFile } from "./effect";
import { EffectFileLine, EffectFileMenu } from "./EffectFileMenu";
import { useEscape } from "./escape";
import { AccountsTable, Doubtful, PeopleTable, PlacesTable } from "./EffectTables";
import classes from "./EffectDetails.module.css";

interface ShowAllProps {
  effect: Effect;
  title: string;
  /** The way of everybody into a file, where there is one. */
  file?: EffectFile | undefined;
}

/** Leads to all that is known of a change: people, accounts, queues, and of whom it cannot be told; nowhere where nobody is concerned. Bears the mark where it is told as settings are assumed. */
export function ShowAll({ effect, title, file }: ShowAllProps) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const assumed = effect.assumed ?? [];
  // It may lie on a dialog, which stays.
  useEscape(opened, () => setOpened(false));
  if (effect.examples.length === 0 && effect.unknown === 0) return <AssumedMark effect={effect} />;
  return (
    <>
      <AssumedMark effect={effect} />{" "}
      <button type="button" className={classes.open} aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {t("kit.effect.showAll")}
      </button>
      <Drawer.Root opened={opened} onClose={() => setOpened(false)} position="right" size={760} closeOnEscape={false}>
        <Drawer.Overlay />
        <Drawer.Content>
          <Drawer.Header>
            <Drawer.Title>{title}</Drawer.Title>
            <span className={classes.tools}>
              {file ? <EffectFileMenu file={file} /> : null}
              <Drawer.CloseButton aria-label={t("kit.close")} />
            </span>
          </Drawer.Header>
          <Drawer.Body>
            {file ? <EffectFileLine file={file} /> : null}
            <Leaving onLeave={() => setOpened(false)}>
              {assumed.length > 0 ? <p className={classes.assumed}>{t("kit.effect.assumed", { count: assumed.length, settings: assumed.join(", ") })}</p> : null}
              <Doubtful effect={effect} />
              <PeopleTable effect={effect} tickets />
              <AccountsTable effect={effect} />
              <PlacesTable effect={effect} />
            </Leaving>
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  );
}

/** The mark of what is told as settings are assumed, with their names for those who hover. */
function AssumedMark({ effect }: { effect: Effect }) {
  const { t } = useWords();
  const assumed = effect.assumed ?? [];
  if (assumed.length === 0) return null;
  return (
    <span title={t("kit.effect.assumed", { count: assumed.length, settings: assumed.join(", ") })}>
      <StandingBadge standing="A" small />
    </span>
  );
}

/** Closes behind whoever follows a link. */
function Leaving({ onLeave, children }: { onLeave: () => void; children: ReactNode }) {
  const follow = (event: MouseEvent<HTMLDivElement>) => {
    if ((event.target as HTMLElement).closest("a")) onLeave();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- hears what its links do
    <div onClick={follow}>{children}</div>
  );
}
