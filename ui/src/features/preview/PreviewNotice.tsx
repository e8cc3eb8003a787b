import { TriangleAlert } from "lucide-react";
import type { ApiError } from "@/bridge/error";
import { useWords } from "@/words";
import classes from "./PreviewNotice.module.css";

interface PreviewNoticeProps {
  error: ApiError | null;
  /** Whether an older preview stays on the screen. */
  keeps: boolean;
  onRetry: () => void;
}

/** Says that what is shown is not what was asked for, and why. */
export function PreviewNotice({ error, keeps, onRetry }: PreviewNoticeProps) {
  const { t, tOr } = useWords();
  if (!error) return <div role="status" />;
  const invalid = error.code === "invalid";
  return (
    <div role="status" className={classes.notice} data-kind={invalid ? "invalid" : "failed"}>
      <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" className={classes.icon} />
      <div>
        <strong>{invalid ? t("preview.invalidDraft") : tOr(`error.${error.code}.title`, error.message)}</strong>{" "}
        {keeps ? t("preview.lastValid") : invalid ? t("preview.correctFirst") : tOr(`error.${error.code}.text`, "")}
        {invalid ? null : (
          <button type="button" className={classes.link} onClick={onRetry}>
            {t("kit.retry")}
          </button>
        )}
      </div>
    </div>
  );
}
