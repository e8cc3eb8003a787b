import { useWords } from "@/words";
import classes from "./ImportScreen.module.css";

/** The file or folder that was chosen. */
export function Chosen({ path }: { path: string }) {
  const { t } = useWords();
  return path === "" ? <span className={classes.none}>{t("desks.noneChosen")}</span> : <code className={classes.path}>{path}</code>;
}
