import { Button, Group, Menu, Modal } from "@mantine/core";
import { Ellipsis } from "lucide-react";
import { useMemo } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { effectOf } from "@/bridge/expectations";
import { useSettingsExposure } from "@/bridge/exposure";
import type { MatrixSwitch } from "@/bridge/types";
import { useSetSettings } from "@/bridge/writes";
import { Consequence } from "@/kit/Consequence";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { useTakeBack } from "./useColumn";
import classes from "./GroupsMatrix.module.css";

/** What is asked: a switch of the desk, and how it shall be. */
export interface Asked {
  setting: string;
  on: boolean;
}

/** Asks whether the switch shall be turned, with what it would do to people and tickets. */
export function SupportDialog({ asked, onClose }: { asked: Asked | null; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal opened={asked !== null} onClose={onClose} size="lg" title={t(asked?.on ? "matrix.supportOnTitle" : "matrix.supportOffTitle")} closeButtonProps={{ "aria-label": t("kit.close") }}>
      {asked ? <Turning key={`${asked.setting} ${asked.on}`} asked={asked} onClose={onClose} /> : null}
    </Modal>
  );
}

function Turning({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const errorWords = useErrorWords();
  const inputs = useMemo(() => [{ name: asked.setting, value: String(asked.on) }], [asked]);
  const work = useSettingsExposure(inputs);
  const set = useSetSettings();
  const takeBack = useTakeBack();
  const save = () =>
    set.mutate(inputs, {
      onSuccess: () => {
        toasts.done(t(asked.on ? "matrix.supportIsOn" : "matrix.supportIsOff"), { label: t("kit.undo"), run: takeBack });
        onClose();
      },
      onError: (thrown) => toasts.failed(errorWords(thrown).title),
    });
  return (
    <>
      <p>{t(asked.on ? "matrix.supportOnText" : "matrix.supportOffText")}</p>
      <Consequence effect={effectOf(words, work.exposure)} file={work.file} working={work.working} failed={work.error ? errorWords(work.error).title : null} onStop={work.stop} onStart={work.start} />
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("kit.cancel")}
        </Button>
        <Button color={asked.on ? undefined : "red"} disabled={set.isPending} onClick={save}>
          {t(asked.on ? "matrix.turnOn" : "matrix.turnOff")}
        </Button>
      </Group>
    </>
  );
}

interface ScreenMenuProps {
  support: MatrixSwitch | null;
  onAsk: (asked: Asked) => void;
  onSettings: () => void;
}

/** What concerns the whole matrix: the switch of the desk, and the groups that everybody has. */
export function ScreenMenu({ support, onAsk, onSettings }: ScreenMenuProps) {
  const { t } = useWords();
  if (!support) return null;
  return (
    <Menu position="bottom-end" width={280} returnFocus withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={classes.more} aria-label={t("matrix.more")} title={t("matrix.more")}>
          <Ellipsis size={15} strokeWidth={1.8} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {support.on === true ? null : <Menu.Item onClick={() => onAsk({ setting: support.setting, on: true })}>{t("matrix.turnOnEntry")}</Menu.Item>}
        {support.on === false ? null : <Menu.Item onClick={() => onAsk({ setting: support.setting, on: false })}>{t("matrix.turnOffEntry")}</Menu.Item>}
        <Menu.Item onClick={onSettings}>{t("matrix.defaults")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says why rights have no effect, and offers the way out. */
export function Notice({ text, action, onAction }: { text: string; action: string; onAction: () => void }) {
  return (
    <div className={classes.notice} role="status">
      {text}
      <Button variant="default" onClick={onAction}>
        {action}
      </Button>
    </div>
  );
}
