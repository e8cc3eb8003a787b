import { useCallback, useState } from "react";
import { api } from "@/bridge/client";
import type { AccountChoice } from "@/bridge/types";
import { FormRow, FormSection } from "@/kit/FormPanel";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { type Words, useWords } from "@/words";
import { GroupRights } from "./GroupRights";
import { useRow } from "./useRow";
import type { EditedUser } from "./useUserForm";

const MOST_CHOICES = 50;

function choiceOf(account: AccountChoice, { t }: Words): Choice {
  const note = !account.present ? t("users.accountMissing") : account.status === "valid" ? undefined : t(`users.validity.${account.status}`);
  return { value: account.id, label: account.name || account.key, key: account.key, note };
}

/** What the person belongs to, and which groups she may read and write in. */
export function AccessTab({ edited }: { edited: EditedUser }) {
  const words = useWords();
  const { t } = words;
  const { base, form } = edited;
  const [met, setMet] = useState<ReadonlyMap<string, Choice>>(new Map());
  const account = useRow(edited, "account");
  const further = useRow(edited, "further_accounts");

  const known = new Map([...base.accounts.map((each) => [each.id, choiceOf(each, words)] as const), ...met]);
  const chosen = (ids: string[]): Choice[] => ids.map((id) => known.get(id) ?? { value: id, label: id });
  const search = useCallback(
    async (text: string) => {
      const found = (await api.searchAccounts(text, MOST_CHOICES)).map((each) => choiceOf(each, words));
      setMet((old) => new Map([...old, ...found.map((choice) => [choice.value, choice] as const)]));
      return found;
    },
    [words],
  );
  const was = (ids: string[]) => {
    const names = chosen(ids.filter(Boolean)).map((choice) => choice.label);
    return names.length === 0 ? t("kit.wasNone") : t("kit.was", { value: names.join(", ") });
  };

  return (
    <>
      <FormSection title={t("users.section.belongs")}>
        <FormRow {...account} hint={t("users.hint.account")} was={was([base.form.account])}>
          {(ids) => (
            <MultiPick
              ids={ids}
              most={1}
              value={chosen([form.account].filter(Boolean))}
              search={search}
              onChange={(picked) => edited.set("account", picked[0]?.value ?? "")}
            />
          )}
        </FormRow>
        <FormRow {...further} hint={t("users.hint.further_accounts")} was={was(base.form.further_accounts)}>
          {(ids) => (
            <MultiPick
              ids={ids}
              value={chosen(form.further_accounts)}
              search={search}
              onChange={(picked) => edited.set("further_accounts", picked.map((choice) => choice.value))}
            />
          )}
        </FormRow>
      </FormSection>
      <GroupRights edited={edited} />
    </>
  );
}
