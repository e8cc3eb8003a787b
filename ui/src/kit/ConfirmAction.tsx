import { Button, Group, Modal } from "@mantine/core";
import { type ReactNode, createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useWords } from "@/words";

/** What to ask before something is done. */
export interface Question {
  /** The question, with its object: "Discard 3 unsaved fields?". */
  title: string;
  /** What happens then, and what not. */
  body?: ReactNode;
  /** The verb on the button: "Discard". */
  confirm: string;
  /** The other button; "Cancel" unless said otherwise. */
  cancel?: string;
  /** Whether something is lost. */
  danger?: boolean;
}

/** When the dialog is gone and has given the focus back, if it could. */
const RETURN_MS = 30;

type Ask = (question: Question) => Promise<boolean>;

const AskContext = createContext<Ask | null>(null);

/** Asks before something is done: `if (await confirm({...}))`. One mechanism for the whole window. */
export function useConfirm(): Ask {
  const ask = useContext(AskContext);
  if (!ask) throw new Error("useConfirm needs a ConfirmAction above it");
  return ask;
}

/** Holds the dialog that `useConfirm` opens. */
export function ConfirmAction({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [question, setQuestion] = useState<Question | null>(null);
  const [open, setOpen] = useState(false);
  const answer = useRef<((yes: boolean) => void) | null>(null);

  // The dialog itself may look too late: by then the focus is on its own button, which goes with it.
  const from = useRef<Element | null>(null);

  const settle = useCallback((yes: boolean) => {
    answer.current?.(yes);
    answer.current = null;
    setOpen(false);
    setTimeout(() => {
      if (document.activeElement === document.body && from.current instanceof HTMLElement) from.current.focus({ preventScroll: true });
    }, RETURN_MS);
  }, []);
  const ask = useCallback<Ask>((next) => {
    answer.current?.(false);
    from.current = document.activeElement;
    setQuestion(next);
    setOpen(true);
    return new Promise<boolean>((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const closeLabel = useMemo(() => ({ "aria-label": t("kit.close") }), [t]);

  return (
    <AskContext value={ask}>
      {children}
      <Modal opened={open} onClose={() => settle(false)} title={question?.title} closeButtonProps={closeLabel}>
        {question?.body}
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" onClick={() => settle(false)}>
            {question?.cancel ?? t("kit.cancel")}
          </Button>
          <Button data-autofocus color={question?.danger ? "red" : undefined} onClick={() => settle(true)}>
            {question?.confirm}
          </Button>
        </Group>
      </Modal>
    </AskContext>
  );
}
