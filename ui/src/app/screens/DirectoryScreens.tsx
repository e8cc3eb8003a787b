import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { GroupList } from "@/features/directory/GroupList";
import { useWords } from "@/words";
import { GroupsMatrix, type MatrixAddress } from "@/features/groups/GroupsMatrix";
import { PageHead } from "@/kit/PageHead";
import { Segments } from "@/kit/Segments";
import { readGroupsSearch } from "../groupsSearch";
import { OneZone } from "./OneZone";
import classes from "./GroupsScreen.module.css";

/** The groups: rights as a matrix, and the groups as a list; opening a row or a group leads to its people. */
export function GroupsScreen() {
  const { t } = useWords();
  const navigate = useNavigate({ from: "/groups" });
  const search = useSearch({ from: "/groups" });
  const router = useRouter();
  // While another screen is being opened, the cursor of this one leads nowhere any more.
  const toAddress = (part: MatrixAddress) => {
    // Put into the newest address: the cursor is heard of late, and would else bring back rows that have just been left.
    if (router.latestLocation.pathname === "/groups") void navigate({ search: (latest) => readGroupsSearch({ ...latest, ...part }), replace: true });
  };
  const state = { fromMatrix: true };
  const toGroup = (group: string) => void navigate({ to: "/users", search: { group } });
  const toRow = (rows: string, id: string) =>
    void (rows === "users" ? navigate({ to: "/users", search: { id }, state }) : navigate({ to: "/records/$entity", params: { entity: "account" }, search: { id }, state }));
  const toGroupForm = (id: string) => void navigate({ to: "/records/$entity", params: { entity: "permission_group" }, search: { id }, state });
  return (
    <OneZone label={t("directory.groups")}>
      <div className={classes.screen}>
        <PageHead level={1} title={t("matrix.title")}>
          <Segments
            name="groups-view"
            label={t("matrix.view")}
            value={search.tab === "list" ? "list" : "matrix"}
            segments={[
              { value: "matrix", label: t("matrix.matrix") },
              { value: "list", label: t("matrix.list") },
            ]}
            onChange={(tab) => void navigate({ search: { ...search, tab: tab === "list" ? "list" : "" } })}
          />
        </PageHead>
        <div className={classes.fill}>
          {search.tab === "list" ? (
            <GroupList onOpen={toGroup} />
          ) : (
            <GroupsMatrix
              address={search}
              onAddress={toAddress}
              onOpenRow={toRow}
              onOpenGroup={toGroupForm}
              onSettings={() => void navigate({ to: "/portal" })}
            />
          )}
        </div>
      </div>
    </OneZone>
  );
}
