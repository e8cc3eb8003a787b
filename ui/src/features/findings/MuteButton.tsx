import { Button, Popover, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useWords } from "@/words";
import classes from "./Findings.module.css";

interface MuteButtonProps {
  label: string;
  /** What is muted, for those who hear the button. */
  about?: string;
  onMute: (reason: string) => void;
}

/** Mutes after asking why: whoever comes later will wonder. */
export function MuteButton({ label, about, onMute }: MuteButtonProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    setOpen(false);
    onMute(reason);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button variant="subtle" aria-label={about === undefined ? undefined : `${label}: ${about}`} aria-expanded={open} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form className={classes.mute} onSubmit={send}>
          <TextInput label={t("findings.reason")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autoComplete="off" data-autofocus />
          <Button type="submit">{label}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
