import { Button } from "@mantine/core";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useWords } from "@/words";
import classes from "./Shell.module.css";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Whether the address before this one is the matrix, from whose cell this was opened. */
    fromMatrix?: boolean;
  }
}

/** Leads from what was opened in the matrix back to the same cell. */
export function BackToMatrix() {
  const { t } = useWords();
  const router = useRouter();
  const shown = useRouterState({ select: (state) => state.location.state.fromMatrix === true });
  if (!shown) return null;
  return (
    <div className={classes.back}>
      <Button variant="subtle" leftSection={<ArrowLeft size={14} aria-hidden="true" />} onClick={() => router.history.back()}>
        {t("matrix.back")}
      </Button>
    </div>
  );
}
