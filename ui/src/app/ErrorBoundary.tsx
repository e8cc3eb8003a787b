import { Button } from "@mantine/core";
import { Bug } from "lucide-react";
import { Component, type ReactNode } from "react";
import { EmptyState } from "@/kit/EmptyState";
import { useWords } from "@/words";

/** Catches what a part of the window throws while it is drawn: says so, and offers to draw it again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { thrown: unknown }> {
  override state: { thrown: unknown } = { thrown: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown };
  }

  override render() {
    if (this.state.thrown === null) return this.props.children;
    return <Broken thrown={this.state.thrown} onAgain={() => this.setState({ thrown: null })} />;
  }
}

function Broken({ thrown, onAgain }: { thrown: unknown; onAgain: () => void }) {
  const { t } = useWords();
  return (
    <EmptyState
      kind="error"
      icon={Bug}
      title={t("app.brokenTitle")}
      action={
        <>
          <Button onClick={onAgain}>{t("kit.retry")}</Button>
          <Button variant="default" onClick={() => globalThis.location.reload()}>
            {t("app.reload")}
          </Button>
        </>
      }
    >
      <p>{t("app.brokenText")}</p>
      <p>{thrown instanceof Error ? thrown.message : String(thrown)}</p>
    </EmptyState>
  );
}
