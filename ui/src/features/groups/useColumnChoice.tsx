import { api } from "@/bridge/client";
import type { MatrixColumn, MatrixColumnEdit, MatrixQuery } from "@/bridge/types";
import { useConfirm } from "@/kit/ConfirmAction";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import { ColumnEffect } from "./EffectText";
import { StopLine } from "./StopLine";
import { useColumnSaving, useStopping } from "./useColumn";
import classes from "./GroupsMatrix.module.css";

/** The change of a column for the rows that match: to a permission or to none, everywhere or only where there is none. */
export const columnEdit = (query: MatrixQuery, group: string, permission: string, empty: boolean): MatrixColumnEdit => ({ query, group, permission, only_empty: empty });

/** Sets a column after a question that tells how many cells differ and who gains and loses by it. */
export type ChooseColumn = (column: MatrixColumn, permission: string, empty: boolean) => Promise<void>;

/** Changing a column of the rows that match: counted, asked, saved as one change. */
export function useColumnChoice(query: MatrixQuery, total: number): { choose: ChooseColumn; saving: boolean } {
  const { t, number } = useWords();
  const confirm = useConfirm();
  const { save, saving } = useColumnSaving();
  const choose: ChooseColumn = async (column, permission, empty) => {
    const edit = columnEdit(query, column.id, permission, empty);
    const count = await api.countColumn(edit).catch(() => null);
    if (count === 0) {
      toasts.done(t("matrix.columnIsSo", { group: column.name }));
      return;
    }
    const yes = await confirm({
      title: t(permission === "" ? "matrix.clearTitle" : empty ? "matrix.emptyTitle" : "matrix.setTitle", { group: column.name, permission }),
      body: <Told edit={edit} count={count === null ? null : t("matrix.ofRows", { count, number: number(count), total: number(total) })} />,
      confirm: t(permission === "" ? "matrix.clear" : "matrix.set"),
      danger: permission === "",
    });
    if (yes) await save(edit);
  };
  return { choose, saving };
}

function Told({ edit, count }: { edit: MatrixColumnEdit; count: string | null }) {
  const stopping = useStopping();
  return (
    <>
      <div role="status" className={classes.asked}>
        {count} <ColumnEffect edit={edit} stopped={stopping.stopped} leads />
      </div>
      <StopLine stopping={stopping} />
    </>
  );
}
