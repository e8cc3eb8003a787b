// The catalogue: one folder per language, one file per area. The file's name is the first part of each key.
import i18next, { type TOptions } from "i18next";
import { useMemo } from "react";
import { initReactI18next, useTranslation } from "react-i18next";

/** Languages there are, the default first. */
export const languages = ["en", "de"] as const;
/** A language's code. */
export type Language = (typeof languages)[number];
/** Values that enter a text. `count` chooses singular or plural. */
export type WordValues = Record<string, string | number | undefined>;

type Tree = { [key: string]: string | Tree };

const files = import.meta.glob<Tree>("./*/*.json", { eager: true, import: "default" });

function catalogue(language: Language): Tree {
  const prefix = `./${language}/`;
  const areas = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(areas.map(([path, words]) => [path.slice(prefix.length, -".json".length), words]));
}

/** All words of all languages, for the test that compares them. */
export const catalogues: Record<Language, Tree> = { en: catalogue("en"), de: catalogue("de") };

void i18next.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  supportedLngs: [...languages],
  resources: { en: { translation: catalogues.en }, de: { translation: catalogues.de } },
  // React escapes; escaping here would show entities to people.
  interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
  initAsync: false,
  returnNull: false,
  react: { useSuspense: false },
});

/** Changes the language of everything at once. */
export function setLanguage(language: Language): void {
  void i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The text of a key in the current language, for what is no component. */
export function say(key: string): string {
  return i18next.t(key);
}

/** What the computer speaks, as far as there are words for it. */
export function systemLanguage(): Language {
  const wanted = navigator.languages.map((name) => name.slice(0, 2));
  return languages.find((language) => wanted[0] === language) ?? "en";
}

/** The words of the current language, with numbers and times as people there write them. */
export interface Words {
  language: Language;
  /** The text of a key of the catalogue. */
  t: (key: string, values?: WordValues) => string;
  /** The text of a key that comes from outside (a rule, a problem); `otherwise` where the catalogue has none. */
  tOr: (key: string, otherwise: string, values?: WordValues) => string;
  /** Whether the catalogue has the key. */
  has: (key: string) => boolean;
  /** 51671 -> "51,671". */
  number: (value: number) => string;
  /** An RFC 3339 time as a date with time. */
  dateTime: (at: string) => string;
  /** An RFC 3339 time as a date. */
  date: (at: string) => string;
  /** An RFC 3339 time as seen from now: "2 h ago". */
  ago: (at: string) => string;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function ago(language: Language, at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { style: "short", numeric: "auto" });
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.round(seconds / step[1]), step[0]) : format.format(0, "minute");
}

function wordsOf(language: Language): Words {
  const numbers = new Intl.NumberFormat(language);
  const dateTimes = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const fixed = i18next.getFixedT(language);
  return {
    language,
    t: (key, values) => fixed(key, values as TOptions),
    tOr: (key, otherwise, values) => fixed(key, { ...values, defaultValue: otherwise } as TOptions),
    has: (key) => i18next.exists(key, { lng: language, fallbackLng: [] }),
    number: (value) => numbers.format(value),
    dateTime: (at) => dateTimes.format(new Date(at)),
    date: (at) => dates.format(new Date(at)),
    ago: (at) => ago(language, at, Date.now()),
  };
}

/** The words of the current language; the component draws itself anew when the language changes. */
export function useWords(): Words {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === "de" ? "de" : "en";
  return useMemo(() => wordsOf(language), [language]);
}
