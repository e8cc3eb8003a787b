import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import type { FileFormat } from "@/bridge/listExport";
import type { RecordRow } from "@/bridge/types";
import { ColumnsMenu } from "@/kit/ColumnsMenu";
import { ListMenu } from "@/kit/ListMenu";
import { PageHead } from "@/kit/PageHead";
import type { TableColumn } from "@/kit/tableColumns";
import { ViewMenu } from "@/kit/ViewMenu";
import type { RecordWords } from "./useRecordWords";
import type { useRecordViews } from "./useRecordViews";
import classes from "./Records.module.css";

interface RecordListHeadProps {
  entity: string;
  words: RecordWords;
  count: string | undefined;
  columns: TableColumn<RecordRow>[];
  views: ReturnType<typeof useRecordViews>;
  /** Whether the columns are those of the tree, which cannot be chosen. */
  tree: boolean;
  onExport: (format: FileFormat) => void;
  onNew: () => void;
}

/** The head of a list of records: view, columns, more, New. */
export function RecordListHead({ entity, words, count, columns, views, tree, onExport, onNew }: RecordListHeadProps) {
  const { t } = words;
  return (
    <div className={classes.head}>
      <PageHead level={1} title={words.many(entity)} count={count}>
        <ViewMenu {...views.menu} />
        {tree ? null : <ColumnsMenu columns={columns} choice={views.choice} onChoice={views.onChoice} />}
        <ListMenu label={t("lists.more")} onExport={onExport} />
        <Button
          variant="default"
          className={classes.new}
          leftSection={<Plus size={14} strokeWidth={1.8} aria-hidden="true" />}
          title={t("records.newOf", { what: words.one(entity) })}
          onClick={onNew}
        >
          <span className={classes.newWord}>{t("records.newOf", { what: words.one(entity) })}</span>
        </Button>
      </PageHead>
    </div>
  );
}
