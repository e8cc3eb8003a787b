import { type ReactNode, createContext, useCallback, useContext, useLayoutEffect, useMemo, useState } from "react";
import { useStored } from "@/bridge/stored";
import type { Sizes } from "@/kit/splitSizes";
import { type Language, setLanguage, systemLanguage, useWords } from "@/words";

/** Light, dark, or what the computer says. */
export type Scheme = "light" | "dark" | "auto";

/** What the whole window remembers between two starts. */
export interface Preferences {
  scheme: Scheme;
  language: Language;
  /** Widths of zones, by key. */
  sizes: Sizes;
}

interface Held {
  preferences: Preferences;
  change: (changes: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<Held | null>(null);
const noSizes: Sizes = {};

/** What the window remembers, and how to change it. */
export function usePreferences(): Held {
  const held = useContext(PreferencesContext);
  if (!held) throw new Error("usePreferences needs PreferencesProvider above it");
  return held;
}

/** Loads what is remembered before anything is drawn, so that neither colours nor words change under one's eyes. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const scheme = useStored<Scheme>("scheme", "auto");
  const language = useStored<Language>("language", systemLanguage());
  const sizes = useStored<Sizes>("sizes", noSizes);
  const { language: spoken } = useWords();
  const [begun, setBegun] = useState(false);
  const ready = scheme.ready && language.ready && sizes.ready;
  // Once drawn, the window stays, whatever is looked up again.
  if (!begun && ready && spoken === language.value) setBegun(true);

  useLayoutEffect(() => {
    if (ready) setLanguage(language.value);
  }, [ready, language.value]);

  const { change: changeScheme } = scheme;
  const { change: changeLanguage } = language;
  const { change: changeSizes } = sizes;
  const change = useCallback(
    (changes: Partial<Preferences>) => {
      if (changes.scheme !== undefined) changeScheme(changes.scheme);
      if (changes.language !== undefined) changeLanguage(changes.language);
      if (changes.sizes !== undefined) changeSizes(changes.sizes);
    },
    [changeScheme, changeLanguage, changeSizes],
  );
  const preferences = useMemo(
    () => ({ scheme: scheme.value, language: language.value, sizes: sizes.value }),
    [scheme.value, language.value, sizes.value],
  );
  const held = useMemo(() => ({ preferences, change }), [preferences, change]);
  return begun ? <PreferencesContext value={held}>{children}</PreferencesContext> : null;
}
