import { Button, SegmentedControl } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Check, Compass, DatabaseZap, FileArchive, FilePlus2, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { desks, desksToImport, type Desk } from "@/bridge/desks";
import { useErrorWords } from "@/bridge/errorWords";
import { Kbd } from "@/kit/Kbd";
import { useWords } from "@/words";
import { useRecent } from "./recent";
import { useStart } from "./useStart";
import classes from "./FirstStart.module.css";

export interface FirstStartProps {
  /** Called once a workspace for an import is there: leads to the import. */
  onImport: () => void;
}

type Way = "sample" | "import" | "empty";

const WAYS: readonly { way: Way; icon: LucideIcon }[] = [
  { way: "sample", icon: Compass },
  { way: "import", icon: DatabaseZap },
  { way: "empty", icon: FilePlus2 },
];

/** What one sees while no workspace is open: the ways in, each explained before it is taken. */
export function FirstStart({ onImport }: FirstStartProps) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const [way, setWay] = useState<Way>("sample");
  const [desk, setDesk] = useState(SAMPLES[0]?.id ?? "");
  const start = useStart();
  const offered = way === "import" ? desksToImport : desks;
  const chosen = offered.some((one) => one.id === desk) ? desk : (offered[0]?.id ?? "");
  const error = start.error ? errorWords(start.error) : null;
  useHotkeys([
    ...WAYS.map((one, index): [string, () => void] => [String(index + 1), () => setWay(one.way)]),
    ["mod+O", () => void start.openFile()],
  ]);

  return (
    <main className={classes.screen}>
      <div className={classes.middle}>
        <h1 className={classes.title}>{t("workspace.title")}</h1>
        <p className={classes.lead}>{t("workspace.lead")}</p>
        {error ? (
          <p role="alert" className={classes.error}>
            <strong>{error.title}</strong> {error.text}
          </p>
        ) : null}
        <div className={classes.box}>
          <div className={classes.ways} role="group" aria-label={t("workspace.ways")}>
            {WAYS.map(({ way: one, icon: Icon }, index) => (
              <button key={one} type="button" className={classes.way} aria-pressed={way === one} onClick={() => setWay(one)}>
                <Icon size={18} strokeWidth={1.6} aria-hidden="true" className={classes.icon} />
                <span className={classes.words}>
                  <span className={classes.name}>{t(`workspace.${one}.title`)}</span>
                  <span className={classes.text}>{t(`workspace.${one}.text`)}</span>
                </span>
                <Kbd keys={String(index + 1)} />
              </button>
            ))}
          </div>
          <div className={classes.panel}>
            {way === "sample" ? (
              <SamplePanel desk={desk} busy={start.busy} onDesk={setDesk} onOpen={() => void start.openSample(desk)} />
            ) : (
              <DeskPanel
                way={way}
                desks={offered}
                desk={chosen}
                busy={start.busy}
                onDesk={setDesk}
                onGo={() =>
                  void start
                    .create(chosen, t("workspace.proposal"))
                    .then((made) => (made && way === "import" ? onImport() : undefined))
                }
              />
            )}
          </div>
        </div>
        <Recents onOpen={(path) => void start.openFile(path)} />
        <p className={classes.below}>
          <span>
            {t("workspace.have")}{" "}
            <button type="button" className={classes.link} onClick={() => void start.openFile()}>
              {t("workspace.openIt")}
            </button>{" "}
            <Kbd keys="Ctrl O" />
          </span>
          <span>{t("workspace.nothingLeaves")}</span>
        </p>
      </div>
    </main>
  );
}

interface SamplePanelProps {
  desk: string;
  busy: boolean;
  onDesk: (desk: string) => void;
  onOpen: () => void;
}

/** The desks that have a sample, the one with the longest story first. */
const SAMPLES = [...desks.filter((one) => one.databases.length > 0), ...desks.filter((one) => one.databases.length === 0)];

function SamplePanel({ desk, busy, onDesk, onOpen }: SamplePanelProps) {
  const { t } = useWords();
  const long = desk === SAMPLES[0]?.id;
  return (
    <Panel title={t("workspace.sample.title")} action={t("workspace.sample.action")} busy={busy} onGo={onOpen} remark={t("workspace.sample.remark")}>
      <div>
        <p className={classes.heading}>{t("workspace.whichDesk")}</p>
        <SegmentedControl aria-label={t("workspace.whichDesk")} value={desk} onChange={onDesk} data={SAMPLES.map((one) => ({ value: one.id, label: one.name }))} />
      </div>
      <Points
        heading={t("workspace.sample.inside")}
        items={[...(long ? [1, 2, 3] : ["Small", 2, 3]), 4].map((point) => t(`workspace.sample.point${point}`))}
      />
      <p className={classes.story}>{t("workspace.sample.story")}</p>
    </Panel>
  );
}

interface DeskPanelProps {
  way: "import" | "empty";
  desks: readonly Desk[];
  desk: string;
  busy: boolean;
  onDesk: (desk: string) => void;
  onGo: () => void;
}

function DeskPanel({ way, desks, desk, busy, onDesk, onGo }: DeskPanelProps) {
  const { t } = useWords();
  return (
    <Panel title={t(`workspace.${way}.title`)} action={t(`workspace.${way}.action`)} busy={busy} onGo={onGo} remark={t(`workspace.${way}.remark`)}>
      <div>
        <p className={classes.heading}>{t("workspace.whichDesk")}</p>
        <SegmentedControl
          aria-label={t("workspace.whichDesk")}
          value={desk}
          onChange={onDesk}
          data={desks.map((one) => ({ value: one.id, label: one.name }))}
        />
      </div>
      {way === "import" ? (
        <>
          <div className={classes.columns}>
            <Points heading={t("workspace.import.reads")} items={[1, 2, 3, 4, 5].map((point) => t(`workspace.import.read${point}`))} />
            <div>
              <p className={classes.heading}>{t("workspace.import.need")}</p>
              <p className={classes.need}>
                <FileArchive size={14} strokeWidth={1.6} aria-hidden="true" /> {t("workspace.import.source")}
              </p>
            </div>
          </div>
          <div>
            <p className={classes.heading}>{t("workspace.import.then")}</p>
            <ol className={classes.steps}>
              {[1, 2, 3].map((step) => (
                <li key={step}>
                  <strong>{t(`workspace.import.step${step}`)}</strong>
                  <span>{t(`workspace.import.step${step}Text`)}</span>
                </li>
              ))}
            </ol>
          </div>
        </>
      ) : (
        <Points heading={t("workspace.empty.then")} items={[1, 2, 3].map((point) => t(`workspace.empty.point${point}`))} />
      )}
    </Panel>
  );
}

interface PanelProps {
  title: string;
  action: string;
  remark: string;
  busy: boolean;
  onGo: () => void;
  children: ReactNode;
}

function Panel({ title, action, remark, busy, onGo, children }: PanelProps) {
  return (
    <>
      <div className={classes.body}>
        <h2 className={classes.panelTitle}>{title}</h2>
        {children}
      </div>
      <div className={classes.foot}>
        <span className={classes.remark}>{remark}</span>
        <Button loading={busy} onClick={onGo}>
          {action}
        </Button>
      </div>
    </>
  );
}

function Points({ heading, items }: { heading: string; items: string[] }) {
  return (
    <div>
      <p className={classes.heading}>{heading}</p>
      <ul className={classes.points}>
        {items.map((item) => (
          <li key={item}>
            <Check size={14} strokeWidth={2.2} aria-hidden="true" /> {item}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Recents({ onOpen }: { onOpen: (path: string) => void }) {
  const { t } = useWords();
  const recent = useRecent();
  if (recent.length === 0) return null;
  return (
    <section className={classes.recents} aria-label={t("workspace.recent")}>
      <h2 className={classes.heading}>{t("workspace.recent")}</h2>
      <ul>
        {recent.map((one) => (
          <li key={one.path}>
            <button type="button" className={classes.recent} onClick={() => onOpen(one.path)}>
              <span className={classes.name}>{one.name}</span>
              <span className={classes.text}>{one.desk}</span>
              <span className={classes.path}>{one.path}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
