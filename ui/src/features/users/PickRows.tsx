import { Checkbox } from "@mantine/core";
import { useDeskWords } from "@/bridge/deskWords";
import { FormRow } from "@/kit/FormPanel";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { PickList } from "@/kit/PickList";
import type { Field } from "./draft";
import type { FormContext, RowProps } from "./formContext";
import { useRow } from "./useRow";
import classes from "./FormRows.module.css";

/** One other record. */
export function OneRow({ context, row }: RowProps) {
  const shared = useRow(context, row);
  const { edited, names } = context;
  const entity = row.fields[0]?.entity ?? "";
  const held = String(edited.form[row.name as Field]);
  return (
    <FormRow {...shared}>
      {(ids) => (
        <MultiPick
          ids={ids}
          most={1}
          value={held === "" ? [] : [names.nameOf(entity, held)]}
          search={names.searchIn(entity)}
          onChange={(picked) => edited.change({ [row.name]: picked[0]?.value ?? "" })}
        />
      )}
    </FormRow>
  );
}

/** Several other records. */
export function ManyRow({ context, row }: RowProps) {
  const shared = useRow(context, row);
  const { edited, names } = context;
  const entity = row.fields[0]?.entity ?? "";
  const held = edited.form[row.name as Field] as string[];
  return (
    <FormRow {...shared}>
      {(ids) => (
        <MultiPick
          ids={ids}
          value={held.map((id) => names.nameOf(entity, id))}
          search={names.searchIn(entity)}
          onChange={(picked) => edited.change({ [row.name]: picked.map((choice) => choice.value) })}
        />
      )}
    </FormRow>
  );
}

const without = (ids: string[], id: string): string[] => ids.filter((each) => each !== id);

/** Sets whether the person sees an account's tickets. */
function see({ edited }: FormContext, account: string, on: boolean): void {
  const others = without(edited.form.seen_accounts, account);
  edited.change({ seen_accounts: on ? [...others, account] : others });
}

/** A row of accounts is changed by its own field, and by the switch of the accounts it holds. */
function seenChanged({ edited }: FormContext, account: string): boolean {
  return edited.form.seen_accounts.includes(account) !== edited.base.form.seen_accounts.includes(account);
}

/** The account the person belongs to, with the switch that shows its tickets. */
export function AccountRow({ context, row }: RowProps) {
  const { t } = useDeskWords();
  const { edited, names } = context;
  const { account, seen_accounts: seen } = edited.form;
  const shared = useOwnRow(context, row, account === "" ? [] : [account]);
  return (
    <FormRow {...shared}>
      {(ids) => (
        <>
          <MultiPick
            ids={ids}
            most={1}
            value={account === "" ? [] : [names.nameOf("account", account)]}
            search={names.searchIn("account")}
            onChange={(picked) => edited.change(withoutSight(context, account, { account: picked[0]?.value ?? "" }))}
          />
          {account === "" ? null : (
            <div className={classes.sees}>
              <Checkbox id="sees-account" checked={seen.includes(account)} onChange={(event) => see(context, account, event.currentTarget.checked)} />
              <label htmlFor="sees-account">{t("userform.sees")}</label>
            </div>
          )}
        </>
      )}
    </FormRow>
  );
}

/** The further accounts, each with the switch that shows its tickets. */
export function AccountsRow({ context, row }: RowProps) {
  const { t } = useDeskWords();
  const { edited, names } = context;
  const { further_accounts: held, seen_accounts: seen } = edited.form;
  const shared = useOwnRow(context, row, held);
  return (
    <FormRow {...shared}>
      {(ids) => (
        <PickList
          ids={ids}
          value={held.map((id) => names.nameOf("account", id))}
          search={names.searchIn("account")}
          onAdd={(choices) => edited.change({ further_accounts: [...held, ...choices.map(({ value }) => value)] })}
          onRemove={(choice) => edited.change(withoutSight(context, choice.value, { further_accounts: without(held, choice.value) }))}
          heads={t("userform.seesHead")}
          changed={(choice) => seenChanged(context, choice.value) || !edited.base.form.further_accounts.includes(choice.value)}
        >
          {(choice) => (
            <Checkbox
              aria-label={t("userform.seesOf", { account: choice.label })}
              checked={seen.includes(choice.value)}
              onChange={(event) => see(context, choice.value, event.currentTarget.checked)}
            />
          )}
        </PickList>
      )}
    </FormRow>
  );
}

/** An account that leaves takes its switch along, unless the person has it in the other place as well. */
function withoutSight({ edited }: FormContext, gone: string, change: { account?: string; further_accounts?: string[] }) {
  const next = { ...edited.form, ...change };
  const stays = next.account === gone || next.further_accounts.includes(gone);
  return stays ? change : { ...change, seen_accounts: without(edited.form.seen_accounts, gone) };
}

/** The row of a field that shares `seen_accounts` with another one: its own accounts' switches count, and no others. */
function useOwnRow(context: FormContext, row: RowProps["row"], accounts: string[]) {
  const { edited } = context;
  const shared = useRow(context, { ...row, fields: row.fields.slice(0, 1) });
  const { t } = useDeskWords();
  const name = row.name as "account" | "further_accounts";
  const before = [edited.base.form[name]].flat().filter(Boolean);
  const concerned = [...new Set([...accounts, ...before])];
  const switched = concerned.filter((account) => seenChanged(context, account));
  return {
    ...shared,
    dirty: shared.dirty || switched.length > 0,
    was: shared.dirty ? shared.was : t("kit.fieldChanged"),
    onUndo: () => {
      const others = edited.form.seen_accounts.filter((account) => !concerned.includes(account));
      const back = edited.base.form.seen_accounts.filter((account) => concerned.includes(account));
      edited.change({ [name]: edited.base.form[name], seen_accounts: [...others, ...back] });
    },
  };
}

/** Addresses with the rights to read and to write them, side by side. */
export function AddressesRow({ context, row }: RowProps) {
  const { d, t } = useDeskWords();
  const { edited, names } = context;
  const { read_addresses: read, write_addresses: write } = edited.form;
  const shared = useRow(context, row);
  const held = [...new Set([...read, ...write])];
  const base = edited.base.form;
  const set = (field: "read_addresses" | "write_addresses", ids: string[], id: string, on: boolean) => edited.change({ [field]: on ? [...without(ids, id), id] : without(ids, id) });
  const toggle = (choice: Choice, right: "read" | "write") => {
    const ids = right === "read" ? read : write;
    const implied = right === "read" && write.includes(choice.value);
    return (
      <span className={classes.tick}>
        <Checkbox
          aria-label={t(`userform.${right}Of`, { address: choice.label })}
          title={implied ? t("userform.writeMeansRead") : undefined}
          checked={implied || ids.includes(choice.value)}
          disabled={implied}
          onChange={(event) => set(`${right}_addresses`, ids, choice.value, event.currentTarget.checked)}
        />
      </span>
    );
  };
  return (
    <FormRow {...shared} label={`${d("field.read_addresses")} / ${d("field.write_addresses")}`} hint={`${shared.hint ?? ""} ${t("userform.writeMeansRead")}`}>
      {(ids) => (
        <PickList
          ids={ids}
          value={held.map((id) => names.nameOf("address", id))}
          search={names.searchIn("address")}
          onAdd={(choices) => edited.change({ read_addresses: [...read, ...choices.map(({ value }) => value)] })}
          onRemove={(choice) => edited.change({ read_addresses: without(read, choice.value), write_addresses: without(write, choice.value) })}
          heads={
            <>
              <span className={classes.tickHead}>{t("userform.read")}</span>
              <span className={classes.tickHead}>{t("userform.write")}</span>
            </>
          }
          changed={({ value: id }) => read.includes(id) !== base.read_addresses.includes(id) || write.includes(id) !== base.write_addresses.includes(id)}
        >
          {(choice) => (
            <>
              {toggle(choice, "read")}
              {toggle(choice, "write")}
            </>
          )}
        </PickList>
      )}
    </FormRow>
  );
}
