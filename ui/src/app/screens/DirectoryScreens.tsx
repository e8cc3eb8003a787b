import { useNavigate } from "@tanstack/react-router";
import { AccountList } from "@/features/directory/AccountList";
import { GroupList } from "@/features/directory/GroupList";
import { useWords } from "@/words";
import { OneZone } from "./OneZone";

/** The accounts; opening one shows its people. */
export function AccountsScreen() {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <OneZone label={t("directory.accounts")}>
      <AccountList onOpen={(account) => void navigate({ to: "/users", search: { account } })} />
    </OneZone>
  );
}

/** The groups; opening one shows the people linked to it. */
export function GroupsScreen() {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <OneZone label={t("directory.groups")}>
      <GroupList onOpen={(group) => void navigate({ to: "/users", search: { group } })} />
    </OneZone>
  );
}
