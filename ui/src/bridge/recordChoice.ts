import type { RecordChoice } from "./bindings.gen";

/** A record as a field offers it: its name, or its key where it has none; the key beside a name that is another. */
export const choiceOf = ({ id, name, key, note }: RecordChoice) => ({
  value: id,
  label: name || key,
  key: key && key !== name ? key : undefined,
  note: note || undefined,
});
