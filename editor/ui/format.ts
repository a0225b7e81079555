import type { Language } from "../i18n/index.js";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr-FR" };
const localeOf = (language: string) => (language.startsWith("fr") ? locales.fr : locales.en);

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const WEEK = 7 * 86_400;
const units = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["week", WEEK],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "3 minutes ago", "in 2 hours"; under a minute: "now". */
export function relativeTime(at: string | Date, now: Date, language: string): string {
  const seconds = Math.round((new Date(at).getTime() - now.getTime()) / SECOND);
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  // "next mo" is short but nobody says it.
  const style = unit && unit[1] >= WEEK ? "long" : "short";
  const words = new Intl.RelativeTimeFormat(localeOf(language), { numeric: "auto", style });
  return unit ? words.format(Math.trunc(seconds / unit[1]), unit[0]) : words.format(0, "second");
}

export const absoluteTime = (at: string | Date, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: "full", timeStyle: "medium" }).format(new Date(at));

/** "25 Nov 2026", as days are counted everywhere: in UTC. */
export const dayOnly = (at: string | Date, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(at));

/** "Tue 14:05:09": within a run, the day matters less than the second. */
export const clockTime = (at: string | Date, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(new Date(at));

/** "14:32" */
export const hourAndMinute = (at: string | Date, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { hour: "2-digit", minute: "2-digit" }).format(new Date(at));

/** "Tue 25 Nov, 14:00" */
export const dayAndTime = (at: string | Date, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));

export const formatNumber = (value: number, language: string): string =>
  new Intl.NumberFormat(localeOf(language)).format(value);

/** "French" for "fr"; what is no language's code stays as it came. */
export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([localeOf(language)], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "1.2 s", "4 mins", in the reader's words; null while it is not over. */
export function formatLength(from: string, to: string | null, language: string): string | null {
  if (to === null) return null;
  const ms = Math.max(0, new Date(to).getTime() - new Date(from).getTime());
  // The same signs everywhere; English would spell out "secs".
  if (ms < SECOND) return `${formatNumber(ms, language)} ms`;
  if (ms < MINUTE) return `${formatNumber(Math.round(ms / 100) / 10, language)} s`;
  const [value, unit] = lengthIn(ms);
  const words = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(localeOf(language), words).format(value);
}

function lengthIn(ms: number): readonly [number, string] {
  if (ms < 60 * MINUTE) return [ms / MINUTE, "minute"];
  if (ms < 24 * 60 * MINUTE) return [ms / (60 * MINUTE), "hour"];
  return [ms / (24 * 60 * MINUTE), "day"];
}
