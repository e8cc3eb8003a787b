import { useMemo } from "react";
import type { UserRow } from "@/bridge/types";
import type { TableColumn } from "@/kit/tableColumns";
import { useWords } from "@/words";
import classes from "./UserList.module.css";

/** The columns of the list of people. The login leaves first where it is narrow: the search still finds it. */
export function useUserColumns(): TableColumn<UserRow>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      { key: "name", title: t("users.column.name"), min: 150, grow: 4, priority: 0, sortable: true, cell: (row) => <Name row={row} /> },
      {
        key: "login",
        title: t("users.column.login"),
        min: 118,
        grow: 3,
        priority: 3,
        sortable: true,
        cell: (row) => <span className={classes.login} title={row.login}>{row.login}</span>,
      },
      {
        key: "account",
        title: t("users.column.account"),
        min: 110,
        grow: 3,
        priority: 2,
        sortable: true,
        cell: (row) => <span className={classes.quiet} title={row.account}>{row.account}</span>,
      },
      { key: "status", title: t("users.column.status"), min: 78, grow: 0, priority: 1, sortable: true, cell: (row) => <Status status={row.status} /> },
    ],
    [t],
  );
}

/** Given name grey, surname strong: so the sort shows. */
function Name({ row }: { row: UserRow }) {
  const full = `${row.first_name} ${row.last_name}`.trim();
  if (full === "") return <span className={classes.login}>{row.login}</span>;
  return (
    <span title={full}>
      <span className={classes.given}>{row.first_name}</span> <span className={classes.surname}>{row.last_name}</span>
    </span>
  );
}

function Status({ status }: { status: string }) {
  const { t } = useWords();
  return (
    <span className={classes.status} data-status={status} title={t(`users.status.${status}`)}>
      {t(`users.statusShort.${status}`)}
    </span>
  );
}
