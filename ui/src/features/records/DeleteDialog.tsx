import { Button, Group, Modal, Radio } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api } from "@/bridge/client";
import { useErrorWords } from "@/bridge/errorWords";
import { allTags, invalidate, keys } from "@/bridge/keys";
import { useWorkspace } from "@/bridge/reads";
import type { DeleteHow, RecordDetail } from "@/bridge/types";
import { type Choice, MultiPick } from "@/kit/MultiPick";
import { toasts } from "@/kit/Toasts";
import { searchOf } from "./choices";
import { DeletingEffect } from "./RecordEffect";
import { UsageLine } from "./UsedBy";
import type { RecordWords } from "./useRecordWords";
import classes from "./Records.module.css";

interface DeleteDialogProps {
  detail: RecordDetail;
  words: RecordWords;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

/** Says who uses the record and what the desk makes of it, then moves, unlinks or just deletes. */
export function DeleteDialog({ detail, words, opened, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = words;
  const errorWords = useErrorWords();
  const { preview: previews = false } = useWorkspace().data ?? {};
  const client = useQueryClient();
  const [how, setHow] = useState<"move" | "unlink">("move");
  const [to, setTo] = useState<Choice[]>([]);
  const [busy, setBusy] = useState(false);
  const query = useQuery({ queryKey: keys.deletion(detail.entity, detail.id), queryFn: () => api.deletion(detail.entity, detail.id), enabled: opened });
  const found = query.data;
  const used = (found?.used_by ?? []).filter((usage) => !usage.own);
  const wanted = used.filter((usage) => usage.wanted);
  const inUse = used.length > 0;
  const chosen = found !== undefined && (!inUse || (how === "move" ? to.length > 0 : wanted.length === 0));
  const asked: DeleteHow = inUse ? { how, to: how === "move" ? (to[0]?.value ?? null) : null } : { how: "refuse", to: null };

  const remove = async () => {
    setBusy(true);
    try {
      await api.deleteRecord(detail.entity, detail.id, asked);
      toasts.done(t("records.deleted", { name: detail.name }));
      onDeleted();
      client.removeQueries({ queryKey: keys.record(detail.entity, detail.id) });
      await invalidate(client, allTags);
    } catch (thrown) {
      toasts.failed(errorWords(thrown).title);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal opened={opened} onClose={onClose} title={t("records.deleteTitle", { name: detail.name })} closeButtonProps={{ "aria-label": t("kit.close") }}>
      {query.error ? <p role="alert">{errorWords(query.error).title}</p> : null}
      {found ? (
        <>
          <p className={classes.desk}>{words.tOr(`records.desk_${found.desk}`, words.tOr(found.desk, found.desk_text))}</p>
          {inUse ? (
            <>
              <p className={classes.lead}>{t("records.inUse", { count: found.total, figure: words.number(found.total) })}</p>
              <ul className={classes.uses}>
                {used.map((usage) => (
                  <UsageLine key={`${usage.entity} ${usage.field}`} usage={usage} id={detail.id} words={words} />
                ))}
              </ul>
              <HowToDelete detail={detail} words={words} how={how} setHow={setHow} to={to} setTo={setTo} wanted={wanted.map((usage) => words.field(usage.entity, usage.field))} />
            </>
          ) : (
            <p className={classes.lead}>{t("records.notInUse")}</p>
          )}
        </>
      ) : null}
      {previews && chosen && !busy ? (
        <div className={classes.effect}>
          <DeletingEffect entity={detail.entity} id={detail.id} how={asked} />
        </div>
      ) : null}
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("kit.cancel")}
        </Button>
        <Button color="red" disabled={!chosen || busy} loading={busy} onClick={() => void remove()}>
          {t("records.delete")}
        </Button>
      </Group>
    </Modal>
  );
}

interface HowProps {
  detail: RecordDetail;
  words: RecordWords;
  how: "move" | "unlink";
  setHow: (how: "move" | "unlink") => void;
  to: Choice[];
  setTo: (to: Choice[]) => void;
  /** Fields that the desk wants filled in. */
  wanted: string[];
}

function HowToDelete({ detail, words, how, setHow, to, setTo, wanted }: HowProps) {
  const { t } = words;
  const id = useId();
  return (
    <>
      <Radio.Group value={how} onChange={(next) => setHow(next === "unlink" ? "unlink" : "move")} label={t("records.how")} className={classes.how}>
        <Radio value="move" label={t("records.move")} />
        <Radio value="unlink" label={t("records.unlink")} disabled={wanted.length > 0} description={wanted.length > 0 ? t("records.cannotUnlink", { fields: wanted.join(", ") }) : undefined} />
      </Radio.Group>
      {how === "move" ? (
        <div className={classes.moveTo}>
          <span id={`${id}-label`}>{t("records.moveTo", { what: words.one(detail.entity) })}</span>
          <MultiPick
            ids={{ id, labelId: `${id}-label`, describedBy: undefined, invalid: false }}
            most={1}
            value={to}
            without={[{ value: detail.id, label: detail.name }]}
            search={searchOf(detail.entity)}
            onChange={setTo}
          />
        </div>
      ) : null}
    </>
  );
}
