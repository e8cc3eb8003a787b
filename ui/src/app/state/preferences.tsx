import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { readPreference, writePreference } from "@/bridge/native";
import type { Sizes } from "@/kit/splitSizes";
import { type Language, setLanguage, systemLanguage } from "@/words";

/** Light, dark, or what the computer says. */
export type Scheme = "light" | "dark" | "auto";

/** What the window remembers between two starts. */
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

/** What the window remembers, and how to change it. */
export function usePreferences(): Held {
  const held = useContext(PreferencesContext);
  if (!held) throw new Error("usePreferences needs PreferencesProvider above it");
  return held;
}

async function remembered(): Promise<Preferences> {
  const [scheme, language, sizes] = await Promise.all([
    readPreference<Scheme>("scheme"),
    readPreference<Language>("language"),
    readPreference<Sizes>("sizes"),
  ]);
  return { scheme: scheme ?? "auto", language: language ?? systemLanguage(), sizes: sizes ?? {} };
}

/** Loads what is remembered before anything is drawn, so that neither colours nor words change under one's eyes. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState<Preferences | null>(null);

  useEffect(() => {
    let over = false;
    const begin = (found: Preferences) => {
      if (over) return;
      setLanguage(found.language);
      setPreferences(found);
    };
    // A window that cannot remember still has to open.
    remembered().then(begin, () => begin({ scheme: "auto", language: systemLanguage(), sizes: {} }));
    return () => {
      over = true;
    };
  }, []);

  const change = useCallback((changes: Partial<Preferences>) => {
    if (changes.language) setLanguage(changes.language);
    setPreferences((old) => old && { ...old, ...changes });
    for (const [key, value] of Object.entries(changes)) void writePreference(key, value).catch(() => undefined);
  }, []);

  const held = useMemo(() => preferences && { preferences, change }, [preferences, change]);
  return held ? <PreferencesContext value={held}>{children}</PreferencesContext> : null;
}
