import { Button } from "@mantine/core";
import { Compass, DatabaseZap, UserPlus } from "lucide-react";
import { useErrorWords } from "@/bridge/errorWords";
import type { WorkspaceInfo } from "@/bridge/types";
import { useOpenSample } from "@/bridge/writes";
import { importHref } from "@/features/desks/paths";
import { newUserHref } from "@/features/users/paths";
import { toasts } from "@/kit/Toasts";
import { useWords } from "@/words";
import classes from "./Overview.module.css";

/** Nothing to tell yet: the ways to fill the workspace. */
export function EmptyOverview({ info }: { info: WorkspaceInfo }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const sample = useOpenSample();
  return (
    <div className={classes.empty}>
      <h2 className={classes.emptyTitle}>{t("overview.empty")}</h2>
      <p className={classes.quiet}>{t("overview.emptyText")}</p>
      <ul className={classes.ways}>
        {info.can_import && !info.read_only ? (
          <li>
            <DatabaseZap size={18} strokeWidth={1.6} aria-hidden="true" />
            <p>{t("overview.importText", { desk: info.desk_name })}</p>
            <Button component="a" href={importHref} variant="default">
              {t("app.command.import")}
            </Button>
          </li>
        ) : null}
        {info.read_only ? null : (
          <li>
            <UserPlus size={18} strokeWidth={1.6} aria-hidden="true" />
            <p>{t("overview.addText")}</p>
            <Button component="a" href={newUserHref} variant="default">
              {t("app.command.new")}
            </Button>
          </li>
        )}
        <li>
          <Compass size={18} strokeWidth={1.6} aria-hidden="true" />
          <p>{t("overview.sampleText")}</p>
          <Button variant="default" loading={sample.isPending} onClick={() => sample.mutate(info.desk, { onError: (thrown) => toasts.failed(errorWords(thrown).title) })}>
            {t("workspace.sample.action")}
          </Button>
        </li>
      </ul>
    </div>
  );
}
