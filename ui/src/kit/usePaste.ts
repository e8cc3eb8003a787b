import { type ClipboardEvent, useEffect, useRef, useState } from "react";
import { pastedList } from "./pasted";
import type { Choice } from "./MultiPick";

type Search = (text: string) => Promise<Choice[]>;

/** What a pasted text came to. */
type Found = { is: "one"; choice: Choice } | { is: "none" } | { is: "several" } | { is: "failed" };

/** Texts that were not picked, and the word that says why. */
interface Remark {
  word: "lists.pickedNot" | "lists.pickedSeveral" | "lists.pickedFailed";
  texts: string[];
}

/** Texts looked up at once: a column of thousands must not ask thousands of questions side by side. */
const AT_ONCE = 16;
/** Texts named in a remark; the rest is counted. */
const NAMED = 20;

const fold = (text: string) => text.trim().toLocaleLowerCase();

/** What a text names in full: by key, which is one, or else by label, which several may share. */
async function find(text: string, search: Search): Promise<Found> {
  let choices: Choice[];
  try {
    choices = await search(text);
  } catch {
    return { is: "failed" };
  }
  const wanted = fold(text);
  const byKey = choices.filter(({ key }) => key !== undefined && fold(key) === wanted);
  // Keys that differ only in case: the one written the same way is meant.
  const exact = byKey.filter(({ key }) => key === text.trim());
  const named = [exact, byKey, choices.filter(({ label }) => fold(label) === wanted)].find((some) => some.length > 0) ?? [];
  const [choice] = named;
  if (choice === undefined) return { is: "none" };
  return named.length > 1 ? { is: "several" } : { is: "one", choice };
}

async function findAll(texts: string[], search: Search): Promise<Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < texts.length; at += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- one handful after the other is the point
    found.push(...(await Promise.all(texts.slice(at, at + AT_ONCE).map((text) => find(text, search)))));
  }
  return found;
}

/** The texts in a line; beyond twenty, how many more. */
export function shortened(texts: string[]): string {
  const more = texts.length - NAMED;
  return [...texts.slice(0, NAMED), ...(more > 0 ? [`… +${more}`] : [])].join(", ");
}

/** Picks all that a pasted list names, and keeps what it names in vain. A single line is typed text like any other. */
export function usePaste(value: Choice[], onChange: (value: Choice[]) => void, search: Search, most: number, without: Choice[]) {
  const [remarks, setRemarks] = useState<Remark[]>([]);
  const [busy, setBusy] = useState(false);
  // The answer comes later: what is picked by then must stay.
  const latest = useRef({ value, onChange, without });
  useEffect(() => {
    latest.current = { value, onChange, without };
  });
  const take = async (texts: string[]) => {
    setBusy(true);
    const found = await findAll(texts, search);
    const before = latest.current.value;
    const choices = found.flatMap((each) => (each.is === "one" ? [each.choice] : []));
    const taken = [...before, ...latest.current.without];
    const added = choices.filter((choice, place, all) => [...taken, ...all.slice(0, place)].every((other) => other.value !== choice.value));
    if (added.length > 0) latest.current.onChange([...before, ...added]);
    const left = (is: Found["is"]) => texts.filter((_, place) => found[place]?.is === is);
    const all: Remark[] = [
      { word: "lists.pickedNot", texts: left("none") },
      { word: "lists.pickedSeveral", texts: left("several") },
      { word: "lists.pickedFailed", texts: left("failed") },
    ];
    setRemarks(all.filter((remark) => remark.texts.length > 0));
    setBusy(false);
  };
  return {
    remarks,
    busy,
    onPaste: (event: ClipboardEvent) => {
      const texts = [...new Set(pastedList(event.clipboardData.getData("text")))];
      setRemarks([]);
      if (most === 1 || texts.length < 2) return;
      event.preventDefault();
      void take(texts);
    },
  };
}
