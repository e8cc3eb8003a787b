import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@/words";
import classes from "./DatabaseFields.module.css";

interface ConnectDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will be done, and what not. */
  text: ReactNode;
  /** The verb on the button. */
  go: string;
  /** Does it; null while something is missing. */
  onGo: (() => void) | null;
  danger?: boolean;
  /** Further buttons, left of the verb. */
  more?: ReactNode;
  /** The fields that ask for it. */
  children: ReactNode;
}

/** Asks for a connection before something is done over it. */
export function ConnectDialog({ opened, onClose, title, text, go, onGo, danger = false, more, children }: ConnectDialogProps) {
  const { t } = useWords();
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={560} closeButtonProps={{ "aria-label": t("kit.close") }}>
      <p className={classes.intro}>{text}</p>
      {children}
      <Group justify="flex-end" gap={8} mt={12}>
        <Button variant="default" onClick={onClose}>
          {t("kit.cancel")}
        </Button>
        {more}
        <Button color={danger ? "red" : undefined} disabled={onGo === null} onClick={() => onGo?.()}>
          {go}
        </Button>
      </Group>
    </Modal>
  );
}
