import { useErrorWords } from "@/bridge/errorWords";
import { effectOf } from "@/bridge/expectations";
import { type ExposureWork, useDeletionExposure, useRecordExposure } from "@/bridge/exposure";
import type { DeleteHow } from "@/bridge/types";
import { Consequence } from "@/kit/Consequence";
import { useWords } from "@/words";
import type { Values } from "./values";

/** What saving a record's form would do to people, and to what is expected. */
export function SavingEffect({ entity, id, form }: { entity: string; id: string | null; form: Values }) {
  return <Told work={useRecordExposure(entity, id, form)} />;
}

/** What deleting a record would do to people, and to what is expected. */
export function DeletingEffect({ entity, id, how }: { entity: string; id: string; how: DeleteHow }) {
  const { t } = useWords();
  return <Told work={useDeletionExposure(entity, id, how)} title={t("records.deleting")} />;
}

function Told({ work, title }: { work: ExposureWork; title?: string }) {
  const words = useWords();
  const errorWords = useErrorWords();
  return (
    <Consequence title={title} effect={effectOf(words, work.exposure)} file={work.file} working={work.working} failed={work.error ? errorWords(work.error).title : null} onStop={work.stop} onStart={work.start} />
  );
}
