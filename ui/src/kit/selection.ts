/** Which rows of a list are selected: these, or everything that the list holds but for some. */
export interface Selection {
  /** These; they may be of another list than the one that is shown. */
  ids: ReadonlySet<string>;
  /** And everything in the list. */
  all: boolean;
  /** But not these of `all`. */
  except: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Nothing. */
export const nothing: Selection = { ids: none, all: false, except: none };

/** Everything in the list. */
export const everything: Selection = { ids: none, all: true, except: none };

/** Exactly these. */
export function only(ids: Iterable<string>): Selection {
  return { ids: new Set(ids), all: false, except: none };
}

/** Whether a row of the list is selected. */
export function isSelected({ ids, all, except }: Selection, id: string): boolean {
  return all ? !except.has(id) : ids.has(id);
}

/** How many are selected, of a list with so many rows. */
export function selectedCount({ ids, all, except }: Selection, total: number): number {
  return all ? Math.max(total - except.size, 0) : ids.size;
}

/** With these rows too. */
export function including(selection: Selection, added: Iterable<string>): Selection {
  if (!selection.all) return only([...selection.ids, ...added]);
  const except = new Set(selection.except);
  for (const id of added) except.delete(id);
  return { ...selection, except };
}

/** Without these rows. */
export function excluding(selection: Selection, dropped: Iterable<string>): Selection {
  if (selection.all) return { ...selection, except: new Set([...selection.except, ...dropped]) };
  const ids = new Set(selection.ids);
  for (const id of dropped) ids.delete(id);
  return { ...selection, ids };
}
