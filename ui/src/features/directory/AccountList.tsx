import { Building2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { AccountRow } from "@/bridge/types";
import { usersHref } from "@/features/users/paths";
import { DataTable, type TableView } from "@/kit/DataTable";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import { PageHead } from "@/kit/PageHead";
import { SearchField } from "@/kit/SearchField";
import { StatusLine } from "@/kit/StatusLine";
import type { TableColumn } from "@/kit/tableColumns";
import { useWords } from "@/words";
import classes from "./Directory.module.css";

const failed = (error: unknown, retry: () => void) => <FailedState error={asApiError(error)} onRetry={retry} />;

/** The accounts: how many people each has, and which groups it gives them. */
export function AccountList({ onOpen }: { onOpen: (accountId: string) => void }) {
  const { t, number } = useWords();
  const [text, setText] = useState("");
  const [view, setView] = useState<TableView | null>(null);
  const columns = useAccountColumns();
  const loadPage = useCallback((offset: number, limit: number) => api.listAccounts(text, offset, limit), [text]);
  return (
    <div className={classes.list}>
      <PageHead level={1} title={t("directory.accounts")} count={view ? number(view.total) : undefined} sub={t("directory.accountsSub")} />
      <div className={classes.filters}>
        <SearchField label={t("directory.searchAccounts")} value={text} onChange={setText} />
      </div>
      <DataTable<AccountRow>
        label={t("directory.accounts")}
        columns={columns}
        pageKey={keys.accounts(text)}
        loadPage={loadPage}
        rowId={(row) => row.id}
        onOpen={(row) => onOpen(row.id)}
        onView={setView}
        empty={
          <EmptyState icon={Building2} title={text === "" ? t("directory.noAccounts") : t("directory.noAccountFound")}>
            {text === "" ? t("directory.noAccountsText") : null}
          </EmptyState>
        }
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

function useAccountColumns(): TableColumn<AccountRow>[] {
  const { t, number } = useWords();
  return useMemo(
    () => [
      {
        key: "name",
        title: t("directory.column.account"),
        min: 180,
        grow: 3,
        priority: 0,
        cell: (row) => (
          <span title={row.name}>
            <span className={classes.name}>{row.name || row.key}</span>
            {row.present ? null : <span className={classes.doubt}>{t("users.accountMissing")}</span>}
            {row.present && row.status !== "valid" ? <span className={classes.doubt}>{t(`users.validity.${row.status}`)}</span> : null}
          </span>
        ),
      },
      { key: "key", title: t("directory.column.key"), min: 110, grow: 1, priority: 3, cell: (row) => <span className={classes.mono}>{row.key}</span> },
      {
        key: "people",
        title: t("directory.column.people"),
        min: 74,
        grow: 0,
        priority: 1,
        align: "end",
        cell: (row) => <People href={usersHref({ account: row.id })} count={row.people} of={row.name || row.key} />,
      },
      {
        key: "further",
        title: t("directory.column.further"),
        min: 90,
        grow: 0,
        priority: 4,
        align: "end",
        cell: (row) => <span className={classes.quiet}>{number(row.further)}</span>,
      },
      {
        key: "groups",
        title: t("directory.column.groups"),
        min: 200,
        grow: 5,
        priority: 2,
        cell: (row) => <Rights rights={row.groups} />,
      },
    ],
    [t, number],
  );
}

/** Groups with the right on each: "finance ro". The context is named where it is not the account's own tickets. */
function Rights({ rights }: { rights: AccountRow["groups"] }) {
  const { tOr } = useWords();
  const text = rights.map(([group, permission, context]) => `${group} ${permission}${tOr(`directory.context.${context}`, "")}`).join(", ");
  return (
    <span className={classes.quiet} title={text}>
      {text}
    </span>
  );
}

/** A count that leads to these people. */
export function People({ href, count, of }: { href: string; count: number; of: string }) {
  const { t, number } = useWords();
  if (count === 0) return <span className={classes.quiet}>{number(0)}</span>;
  return (
    <a href={href} className={classes.link} aria-label={t("directory.showPeople", { count, of })} onClick={(event) => event.stopPropagation()}>
      {number(count)}
    </a>
  );
}
