import { useWords } from "@/words";
import type { EffectFile } from "./effect";
import { ListMenu } from "./ListMenu";
import { useTellExport } from "./useTellExport";
import classes from "./EffectDetails.module.css";

/** The way of everybody into a file. */
export function EffectFileMenu({ file }: { file: EffectFile }) {
  const { t } = useWords();
  const tell = useTellExport();
  // The menu stays while a file is on its way: whoever came by the keyboard stays where she is.
  return <ListMenu label={t("kit.effect.file")} busy={file.running} onExport={(format) => void file.write(format).then(tell)} />;
}

/** How far the file is, and the way to stop it; nothing while none is written. */
export function EffectFileLine({ file }: { file: EffectFile }) {
  const { t, number } = useWords();
  if (!file.running) return null;
  return (
    <p className={classes.file}>
      <span role="status">{t(file.writing ? "kit.effect.fileRows" : "kit.consequence.working", { count: file.done, number: number(file.done) })}</span>
      <button type="button" className={classes.open} disabled={file.cancelling} onClick={file.cancel}>
        {file.cancelling ? t("lists.exportCancelling") : t("kit.cancel")}
      </button>
    </p>
  );
}
