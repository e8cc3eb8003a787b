import { Button, Checkbox, Group, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api } from "@/bridge/client";
import { useDeskWords } from "@/bridge/deskWords";
import { asApiError } from "@/bridge/error";
import type { Offboard, OffboardChoices, OffboardOptions, OffboardPreview, Selection } from "@/bridge/types";
import { DayField } from "@/kit/DayField";
import { FailedState } from "@/kit/FailedState";
import { Segments } from "@/kit/Segments";
import { ExposureLine } from "./ExposureLine";
import { Leavers } from "./Leavers";
import { Problems } from "./Problems";
import { canWrite, useTrial } from "./useTrial";
import { useWriting } from "./useWriting";
import classes from "./Bulk.module.css";

interface OffboardDialogProps {
  /** Who leaves; `null` while it is closed. */
  people: Selection | null;
  onClose: () => void;
}

/** Ends the access of people: what will happen, the exposure it takes away, and the button that does it. */
export function OffboardDialog({ people, onClose }: OffboardDialogProps) {
  const { t } = useDeskWords();
  return (
    <Modal opened={people !== null} onClose={onClose} title={t("bulk.offboard")} size={560} closeButtonProps={{ "aria-label": t("kit.close") }} transitionProps={{ duration: 0 }}>
      {people ? <Leaving people={people} onClose={onClose} /> : null}
    </Modal>
  );
}

function Leaving({ people, onClose }: { people: Selection; onClose: () => void }) {
  const choices = useQuery({ queryKey: ["users", "offboard-choices"], queryFn: () => api.offboardChoices(), gcTime: 0 });
  if (choices.data) return <Choosing people={people} choices={choices.data} onClose={onClose} />;
  return choices.error ? <FailedState error={asApiError(choices.error)} onRetry={() => void choices.refetch()} /> : null;
}

function Choosing({ people, choices, onClose }: { people: Selection; choices: OffboardChoices; onClose: () => void }) {
  const { t, number } = useDeskWords();
  const [skip, setSkip] = useState(false);
  const [options, setOptions] = useState<Required<OffboardOptions>>({ status: choices.statuses[0] ?? "", remove: choices.usual, end_date: choices.today });
  const input: Offboard = { people, options, skip_invalid: skip };
  const trial = useTrial<OffboardPreview>({
    key: JSON.stringify(input),
    preview: (job) => api.offboardPreview(input, job),
    exposure: (job, { edit }) => (edit.changed > edit.invalid && (edit.invalid === 0 || skip) ? api.offboardExposure(input, job) : null),
  });
  const writing = useWriting({ onDone: onClose, onStale: trial.again });
  const edit = trial.preview?.edit ?? null;
  const ready = canWrite(edit, trial.busy, skip) && !writing.busy;
  const save = () => {
    if (ready && edit) writing.write((job) => api.offboard(input, edit.version, job));
  };
  return (
    <div className={classes.dialog}>
      <Options choices={choices} options={options} onOptions={setOptions} preview={trial.preview} />
      {trial.preview ? <Leavers preview={trial.preview} /> : <div className={classes.leaversBusy} aria-hidden="true" />}
      {edit ? <Problems preview={edit} skip={skip} onSkip={setSkip} /> : null}
      <ExposureLine trial={trial} source={{ of: "offboard", input }} />
      {edit?.changed === 0 && !trial.busy ? <p className={classes.hint}>{t("bulk.nothingToEnd")}</p> : null}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={writing.busy ? writing.stop : onClose}>
          {t("kit.cancel")}
        </Button>
        <Button color="red" aria-disabled={!ready} data-disabled={!ready || undefined} onClick={save}>
          {edit ? t("bulk.offboardDo", { count: edit.changed, people: number(edit.changed) }) : t("bulk.offboard")}
        </Button>
      </Group>
    </div>
  );
}

interface OptionsProps {
  choices: OffboardChoices;
  options: Required<OffboardOptions>;
  onOptions: (options: Required<OffboardOptions>) => void;
  preview: OffboardPreview | null;
}

/** What is done: the status, the links, the last day. */
function Options({ choices, options, onOptions, preview }: OptionsProps) {
  const { t, d, status, number } = useDeskWords();
  const counts = new Map((preview?.links ?? []).map((links) => [links.field, links.links]));
  // What nobody has needs no box; what is chosen stays where it was.
  const shown = choices.fields.filter((field) => counts.has(field) || (preview === null && choices.usual.includes(field)));
  const toggle = (field: string, on: boolean) => {
    const others = options.remove.filter((each) => each !== field);
    onOptions({ ...options, remove: choices.fields.filter((each) => (each === field ? on : others.includes(each))) });
  };
  return (
    <>
      <Line label={t("bulk.endStatus")} name="offboard-status">
        {(id) => (
          <Segments
            name="offboard-status"
            labelledBy={id}
            value={options.status}
            segments={[...choices.statuses.map((each) => ({ value: each, label: status(each) })), { value: "", label: t("bulk.asIs") }]}
            onChange={(next) => onOptions({ ...options, status: next })}
          />
        )}
      </Line>
      <Line label={t("bulk.endDate")} name="offboard-date" input>
        {(id) => (
          <DayField
            says
            ids={{ id: "offboard-date", labelId: id, describedBy: "offboard-date-hint", invalid: false }}
            value={options.end_date}
            onChange={(next) => onOptions({ ...options, end_date: next })}
          />
        )}
      </Line>
      <p id="offboard-date-hint" className={classes.hint}>
        {t("bulk.endDateHint")}
      </p>
      <fieldset className={classes.links}>
        <legend className={classes.legend}>{t("bulk.links")}</legend>
        {shown.map((field) => (
          <Checkbox
            key={field}
            label={t("bulk.linkCount", { field: d(`field.${field}`), number: number(counts.get(field) ?? 0) })}
            checked={options.remove.includes(field)}
            onChange={(event) => toggle(field, event.currentTarget.checked)}
          />
        ))}
        {shown.length === 0 ? <p className={classes.hint}>{t("bulk.noLinks")}</p> : null}
      </fieldset>
    </>
  );
}

function Line({ label, name, input = false, children }: { label: string; name: string; input?: boolean; children: (labelId: string) => ReactNode }) {
  const id = `${name}-label`;
  return (
    <div className={classes.line}>
      {input ? (
        <label id={id} htmlFor={name} className={classes.lineLabel}>
          {label}
        </label>
      ) : (
        <span id={id} className={classes.lineLabel}>
          {label}
        </span>
      )}
      {children(id)}
    </div>
  );
}
