import { useRouterState } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/bridge/client";
import { keys } from "@/bridge/keys";
import { recordsHref } from "@/features/records/paths";
import { useRecordWords } from "@/features/records/useRecordWords";
import { directoryIcon } from "../screenList";
import classes from "./Shell.module.css";

/** The kinds of records that the workspace's desk has, with how many there are. */
export function Directory({ desk }: { desk: string }) {
  const words = useRecordWords(desk);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const counts = useQuery({ queryKey: keys.recordCounts(), queryFn: () => api.countRecords() }).data ?? [];
  return (
    <ul className={classes.group} aria-label={words.t("records.directory")}>
      {counts.map(({ entity, total }) => {
          const Icon = directoryIcon(entity);
          // The matrix of rights has the plain name already.
          const name = entity === "permission_group" ? words.t("records.groupRecords") : words.many(entity);
          return (
            <li key={entity}>
              <a href={recordsHref(entity)} className={classes.item} aria-current={path === `/records/${entity}` ? "page" : undefined} title={name}>
                <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
                <span className={classes.itemName}>{name}</span>
                <span className={classes.count}>{words.number(total)}</span>
              </a>
            </li>
          );
        })}
    </ul>
  );
}
