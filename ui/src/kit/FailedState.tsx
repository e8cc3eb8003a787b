import { Button } from "@mantine/core";
import { CircleX } from "lucide-react";
import { useWords } from "@/words";
import { EmptyState } from "./EmptyState";

/** An error by its code, with its English message where there are no words for the code. */
export interface CodedError {
  code: string;
  message: string;
}

/** Stands where something should be that could not be had: what happened, what to do, and another try. */
export function FailedState({ error, onRetry }: { error: CodedError; onRetry: () => void }) {
  const { t, tOr } = useWords();
  return (
    <EmptyState
      kind="error"
      icon={CircleX}
      title={tOr(`error.${error.code}.title`, error.message)}
      action={
        <Button variant="default" onClick={onRetry}>
          {t("kit.retry")}
        </Button>
      }
    >
      {tOr(`error.${error.code}.text`, "")}
    </EmptyState>
  );
}
