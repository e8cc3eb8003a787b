import dayjs from "dayjs";
import "dayjs/locale/de";
import customParseFormat from "dayjs/plugin/customParseFormat";

dayjs.extend(customParseFormat);

const ISO = "YYYY-MM-DD";
/** How a day is written out, by language. */
const WRITTEN: Record<string, string[]> = {
  en: ["MMM D, YYYY", "MMMM D, YYYY", "D MMM YYYY", "D MMMM YYYY"],
  de: ["D. MMM YYYY", "D. MMMM YYYY", "D MMM YYYY", "D MMMM YYYY"],
};
const SHOWN: Record<string, string> = { en: "MMM D, YYYY", de: "DD.MM.YYYY" };

function real(year: string, month: string, day: string): string | null {
  const text = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return dayjs(text, ISO, true).isValid() ? text : null;
}

/** The day that somebody typed, as `2026-11-26`: so, with dots, written out, in English also with the month before a slash. Empty for none; `null` for what is no day. */
export function readDay(typed: string, language: string): string | null {
  const text = typed.trim().replace(/\s+/g, " ");
  if (text === "") return "";
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return real(iso[1] ?? "", iso[2] ?? "", iso[3] ?? "");
  const dots = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})$/.exec(text);
  if (dots) return real(dots[3] ?? "", dots[2] ?? "", dots[1] ?? "");
  const slashes = language === "en" ? /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(text) : null;
  if (slashes) return real(slashes[3] ?? "", slashes[1] ?? "", slashes[2] ?? "");
  for (const format of WRITTEN[language] ?? []) {
    const day = dayjs(text, format, language, true);
    if (day.isValid()) return day.format(ISO);
  }
  return null;
}

/** A day as people read it; what is none as it is. */
export function showDay(value: string, language: string): string {
  const day = dayjs(value, ISO, true);
  return value !== "" && day.isValid() ? day.locale(language).format(SHOWN[language] ?? ISO) : value;
}

/** Whether a value is a day. */
export const isDay = (value: string): boolean => dayjs(value, ISO, true).isValid();

/** Today where the window is, `2026-11-26`. */
export const today = (): string => dayjs().format(ISO);

/** Whether a value is a day that has passed; half a day, as it is being typed, is none. */
export const isOver = (value: string): boolean => isDay(value) && value < today();
