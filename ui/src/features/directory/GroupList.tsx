import { Lock, Shield } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { GroupRow } from "@/bridge/types";
import { usersHref } from "@/features/users/paths";
import { DataTable, type TableView } from "@/kit/DataTable";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { SearchField } from "@/kit/SearchField";
import { StatusLine } from "@/kit/StatusLine";
import type { TableColumn } from "@/kit/tableColumns";
import { useWords } from "@/words";
import classes from "./Directory.module.css";

function matches(row: GroupRow, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase();
  return [row.name, row.description, ...row.queues].some((part) => part.toLocaleLowerCase().includes(wanted));
}

const failed = (error: unknown, retry: () => void) => <FailedState error={asApiError(error)} onRetry={retry} />;

/** The groups: their queues, and who has a right on them. */
export function GroupList({ onOpen }: { onOpen: (groupId: string) => void }) {
  const { t, number } = useWords();
  const [text, setText] = useState("");
  const [view, setView] = useState<TableView | null>(null);
  const columns = useGroupColumns();
  const loadPage = useCallback(
    async (offset: number, limit: number) => {
      const rows = (await api.listGroups()).filter((row) => matches(row, text));
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    [text],
  );
  return (
    <div className={classes.list}>
      <div className={classes.filters}>
        <SearchField label={t("directory.searchGroups")} value={text} onChange={setText} />
        <span className={classes.quiet}>{t("directory.groupsSub")}</span>
      </div>
      <DataTable<GroupRow>
        label={t("directory.groups")}
        columns={columns}
        pageKey={[...keys.groups(), "filtered", text]}
        loadPage={loadPage}
        rowId={(row) => row.id}
        onOpen={(row) => onOpen(row.id)}
        onView={setView}
        empty={<EmptyState icon={Shield} title={text === "" ? t("directory.noGroups") : t("directory.noGroupFound")} />}
        failed={failed}
      />
      <StatusLine aside={t("directory.enterPeople")}>
        {view && view.total > 0
          ? t("users.rows", { first: number(view.first), last: number(view.last), total: number(view.total) })
          : t("users.noRows")}
      </StatusLine>
    </div>
  );
}

function useGroupColumns(): TableColumn<GroupRow>[] {
  const { t, number } = useWords();
  return useMemo(
    () => [
      {
        key: "name",
        title: t("directory.column.group"),
        min: 150,
        grow: 2,
        priority: 0,
        cell: (row) => (
          <span title={row.name}>
            <span className={classes.name}>{row.name}</span>
            {row.always ? (
              <span className={classes.always}>
                <Lock size={11} strokeWidth={1.8} aria-hidden="true" /> {t("directory.always")}
              </span>
            ) : null}
            {row.status === "valid" ? null : <span className={classes.doubt}>{t(`userform.status.${row.status}`)}</span>}
          </span>
        ),
      },
      {
        key: "people",
        title: t("directory.column.people"),
        min: 74,
        grow: 0,
        priority: 1,
        align: "end",
        cell: (row) => <People href={usersHref({ group: row.id })} count={row.people} of={row.name} />,
      },
      {
        key: "accounts",
        title: t("directory.accounts"),
        min: 80,
        grow: 0,
        priority: 3,
        align: "end",
        cell: (row) => <span className={classes.quiet}>{number(row.accounts)}</span>,
      },
      {
        key: "queues",
        title: t("directory.column.queues"),
        min: 180,
        grow: 4,
        priority: 2,
        cell: (row) => (
          <span className={classes.quiet} title={row.queues.join(", ")}>
            {row.queues.join(", ")}
          </span>
        ),
      },
      {
        key: "description",
        title: t("directory.column.description"),
        min: 160,
        grow: 3,
        priority: 4,
        cell: (row) => (
          <span className={classes.quiet} title={row.description}>
            {row.description}
          </span>
        ),
      },
    ],
    [t, number],
  );
}

/** A count that leads to these people. */
function People({ href, count, of }: { href: string; count: number; of: string }) {
  const { t, number } = useWords();
  if (count === 0) return <span className={classes.quiet}>{number(0)}</span>;
  return (
    <a href={href} className={classes.link} aria-label={t("directory.showPeople", { count, of })} onClick={(event) => event.stopPropagation()}>
      {number(count)}
    </a>
  );
}
