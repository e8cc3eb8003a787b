/** Somebody for whom a change matters. */
export interface EffectPerson {
  id: string;
  login: string;
  name: string;
  /** Name of the account; "" for none. */
  account: string;
  gained: number;
  lost: number;
  /** What becomes of the login: "", "gained" or "lost". */
  login_change: string;
  /** Numbers of some tickets. */
  gained_tickets: readonly string[];
  lost_tickets: readonly string[];
}

/** What the people of an account gain and lose, summed over people. */
export interface EffectAccount {
  /** null for people without one. */
  id: string | null;
  name: string;
  people: number;
  gained: number;
  lost: number;
}

/** Tickets of a place (a queue, an address, an app) that somebody gains or loses, each once. */
export interface EffectPlace {
  place: string;
  gained: number;
  lost: number;
}

/** Somebody of whom it cannot be told whether there is more. */
export type EffectDoubt = Pick<EffectPerson, "id" | "login" | "name" | "account">;

/** What a change would do to whom. */
export interface Effect {
  /** People who gain or lose something. */
  affected: number;
  gaining: number;
  losing: number;
  /** Tickets that somebody gains or loses, each once. */
  tickets_gained: number;
  tickets_lost: number;
  logins_gained: number;
  logins_lost: number;
  /** People of whom it cannot be told whether there is more. */
  unknown: number;
  /** Whether everything could be told; false with nothing else where the desk has no rules that are known. */
  complete: boolean;
  /** Sentences of the expectations that it would break. */
  broken?: readonly string[];
  /** Those for whom it means most. */
  examples: readonly EffectPerson[];
  /** The accounts for whose people it means most, of how many. */
  accounts: readonly EffectAccount[];
  accounts_total: number;
  /** Where the most tickets lie, of how many places. */
  places: readonly EffectPlace[];
  places_total: number;
  /** What the places are; a key of the words `place`. */
  by: string;
  /** Some of whom it cannot be told. */
  doubtful: readonly EffectDoubt[];
  /** Titles of the settings that are assumed, and as which it is told. */
  assumed?: readonly string[];
}

/** Everybody whom a change concerns, on the way into a file. */
export interface EffectFile {
  /** Asks where it shall be, and writes it; null where nobody said. */
  write: (format: "csv" | "xlsx") => Promise<{ how: "written"; file: { path: string; rows: number } } | { how: "stopped" } | { how: "failed"; text: string } | null>;
  cancel: () => void;
  running: boolean;
  cancelling: boolean;
  /** Whether rows are written by now; before, people are looked at. */
  writing: boolean;
  /** People looked at, then rows written. */
  done: number;
}
