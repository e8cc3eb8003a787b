import { Fragment } from "react";
import type { DeskList } from "@/bridge/desks";
import { useWords } from "@/words";
import classes from "./ImportScreen.module.css";

/** The lists that an import takes, and the files in which it looks for them. */
export function ListFiles({ lists }: { lists: readonly DeskList[] }) {
  const { t } = useWords();
  const page = lists[0]?.file.split("/").at(-1)?.replace(/\.json$/, "") ?? "";
  const byHand = lists.filter((list) => list.byHand);
  return (
    <div className={classes.script}>
      <table className={classes.lists}>
        <caption>{t("desks.lists")}</caption>
        <tbody>
          {lists.map((list) => (
            <tr key={list.file}>
              <th scope="row">{t(`desks.list.${list.tells}`)}</th>
              <td>
                <code className={classes.file}>
                  {list.file.split(/(?<=\/)/).map((part) => (
                    <Fragment key={part}>
                      <wbr />
                      {part}
                    </Fragment>
                  ))}
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.hint}>
        {page.endsWith(".csv") ? t("desks.sheetsHint") : t("desks.listsHint", { page })} {byHand.length > 0 ? t("desks.listsByHand", { files: byHand.map((list) => list.file).join(", ") }) : null} {lists.some((list) => list.file.includes("{id}")) ? t("desks.listsId", { id: "{id}" }) : null}
      </p>
    </div>
  );
}
