import { simpleOf, type SimpleSchedule } from "../cron.js";
import type { Start, StartOf } from "../start.js";
import type { Say } from "./words.js";

/** How each language says what starts a flow in place of feedback. `days` begin with Monday. */
interface StartWords {
  readonly schedule: (schedule: SimpleSchedule, days: readonly string[]) => string;
  readonly cron: (cron: string) => string;
  readonly inZone: (when: string, timeZone: string) => string;
  readonly call: (fields: string) => string;
}

const SUNDAY = 6;
/** 0 is Sunday, as cron counts. */
const dayName = (day: number, days: readonly string[]): string => days[day === 0 ? SUNDAY : day - 1] ?? "";

const en: StartWords = {
  schedule: ({ every, time, day }, days) =>
    ({
      day: `Every day at ${time}`,
      weekday: `Every weekday at ${time}`,
      week: `Every ${dayName(day, days)} at ${time}`,
      month: `Every month on day ${day} at ${time}`,
    })[every],
  cron: (cron) => `By the schedule “${cron}”`,
  inZone: (when, timeZone) => `${when} (${timeZone})`,
  call: (fields) => `When somebody starts it by hand or by API${fields === "" ? "" : `, with ${fields}`}`,
};

const fr: StartWords = {
  schedule: ({ every, time, day }, days) =>
    ({
      day: `Chaque jour à ${time}`,
      weekday: `Du lundi au vendredi à ${time}`,
      week: `Chaque ${dayName(day, days)} à ${time}`,
      month: `Chaque mois, le ${day === 1 ? "1er" : day}, à ${time}`,
    })[every],
  cron: (cron) => `Selon l'horaire « ${cron} »`,
  inZone: (when, timeZone) => `${when} (${timeZone})`,
  call: (fields) => `Quand quelqu'un le lance à la main ou par l'API${fields === "" ? "" : `, avec ${fields}`}`,
};

const languages = { en, fr } as const;

export function startSentence(
  language: keyof typeof languages,
  start: Start,
  { say, days }: { readonly say: Say; readonly days: readonly string[] },
): string {
  const words = languages[language];
  if (start.kind === "schedule") return words.inZone(whenOf(words, start, days), start.timeZone);
  return words.call(
    say.list(
      start.fields.map(({ title }) => title),
      "and",
    ),
  );
}

function whenOf(words: StartWords, { cron }: StartOf<"schedule">, days: readonly string[]): string {
  const simple = simpleOf(cron);
  return simple ? words.schedule(simple, days) : words.cron(cron);
}
