import { useWords } from "@/words";
import { StatusLine } from "./StatusLine";
import classes from "./ExportLine.module.css";

interface ExportLineProps {
  /** Rows written so far. */
  done: number;
  of: number;
  cancelling: boolean;
  onCancel: () => void;
}

/** How far a list is on its way into a file, and the way to stop it. */
export function ExportLine({ done, of, cancelling, onCancel }: ExportLineProps) {
  const { t, number } = useWords();
  return (
    <StatusLine
      aside={
        <button type="button" className={classes.stop} disabled={cancelling} onClick={onCancel}>
          {cancelling ? t("lists.exportCancelling") : t("kit.cancel")}
        </button>
      }
    >
      <span role="status">{t("lists.exporting", { done: number(done), total: number(of) })}</span>
    </StatusLine>
  );
}
