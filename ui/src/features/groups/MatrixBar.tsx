import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";
import type { MatrixHead } from "@/bridge/types";
import { SearchField } from "@/kit/SearchField";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import type { MatrixAddress } from "./GroupsMatrix";
import classes from "./GroupsMatrix.module.css";

interface MatrixBarProps {
  address: MatrixAddress;
  /** What stands down the side, as it is now. */
  side: { rows: string; context: string };
  /** Whether accounts have rights, too. */
  ofAccounts: boolean;
  head: MatrixHead | undefined;
  /** How many columns are shown. */
  columns: number;
  onGo: (part: MatrixAddress) => void;
  /** What stands at its end. */
  children: ReactNode;
}

/** Which rows, and which of them and of the columns are shown. */
export function MatrixBar({ address, side: { rows, context }, ofAccounts, head, columns, onGo, children }: MatrixBarProps) {
  const { t, number } = useWords();
  const box = (name: "with" | "gwith", label: string) => (
    <Checkbox label={label} checked={address[name] === "1"} onChange={(event) => onGo({ [name]: event.currentTarget.checked ? "1" : "", ...(name === "with" ? { at: "" } : {}) })} />
  );
  return (
    <div className={classes.bar}>
      {ofAccounts ? (
        <Segments
          name="matrix-rows"
          label={t("matrix.rows")}
          value={rows}
          onChange={(next) => onGo({ rows: next, at: "", col: "", q: "" })}
          segments={[
            { value: "accounts", label: t("matrix.accounts") },
            { value: "users", label: t("matrix.users") },
          ]}
        />
      ) : null}
      {rows === "accounts" ? (
        <Segments
          name="matrix-context"
          label={t("matrix.context")}
          value={context}
          onChange={(next) => onGo({ context: next })}
          segments={[
            { value: "same", label: t("matrix.same") },
            { value: "other", label: t("matrix.other") },
          ]}
        />
      ) : null}
      <SearchField key={rows} label={t(rows === "accounts" ? "matrix.filterAccounts" : "matrix.filterUsers")} value={address.q ?? ""} onChange={(q) => onGo({ q, at: "" })} />
      {box("with", t(rows === "accounts" ? "matrix.accountsWith" : "matrix.usersWith"))}
      <SearchField label={t("matrix.filterGroups")} value={address.g ?? ""} onChange={(g) => onGo({ g })} slash={false} />
      {box("gwith", t("matrix.groupsWith"))}
      <span className={classes.count}>{head ? t("matrix.shown", { rows: number(head.total), all: number(head.all), columns: number(columns), groups: number(head.columns.length) }) : null}</span>
      {children}
    </div>
  );
}
