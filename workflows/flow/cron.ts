/**
 * Five parts of a cron line: minute, hour, day of the month, month, day of the week (0 is Sunday). Numbers, ranges, lists and steps only:
 * what every reader of such lines takes alike. Where days of the month and of the week are both named, some readers ask for one of them and
 * some for both, so that is refused.
 */
interface Part {
  readonly name: "minute" | "hour" | "day" | "month" | "weekday";
  readonly from: number;
  readonly to: number;
}
const parts: readonly Part[] = [
  { name: "minute", from: 0, to: 59 },
  { name: "hour", from: 0, to: 23 },
  { name: "day", from: 1, to: 31 },
  { name: "month", from: 1, to: 12 },
  { name: "weekday", from: 0, to: 6 },
];

export type CronProblem =
  | { readonly kind: "parts"; readonly amount: number }
  | { readonly kind: "days" }
  /** Which part, as it is written, and what numbers it takes. */
  | {
      readonly kind: "part";
      readonly part: Part["name"];
      readonly text: string;
      readonly from: number;
      readonly to: number;
    };

/** What is wrong with it; null: nothing. */
export function cronProblem(cron: string): CronProblem | null {
  const written = cron.trim().split(/\s+/).filter(Boolean);
  if (written.length !== parts.length) return { kind: "parts", amount: written.length };
  const wrong = parts.findIndex((part, index) => !isPart(written[index] ?? "", part));
  const part = parts[wrong];
  if (part) return { kind: "part", part: part.name, text: written[wrong] ?? "", from: part.from, to: part.to };
  return written[2] !== "*" && written[4] !== "*" ? { kind: "days" } : null;
}

const ITEM = /^(?:\*|(?<first>\d{1,2})(?:-(?<last>\d{1,2}))?)(?:\/(?<step>\d{1,2}))?$/;

const isPart = (text: string, part: Part): boolean => text.split(",").every((item) => isItem(item, part));

function isItem(item: string, { from, to }: Part): boolean {
  const groups = ITEM.exec(item)?.groups;
  if (!groups || !isStep(groups, to - from + 1)) return false;
  const { first, last } = groups;
  const [low, high] = [Number(first ?? from), Number(last ?? first ?? to)];
  return low >= from && high <= to && low <= high;
}

/** "5/10" means two things to two readers, and a step that is longer than its part means nothing to some. */
const isStep = ({ first, last, step }: NonNullable<RegExpExecArray["groups"]>, longest: number): boolean =>
  step === undefined || (Number(step) > 0 && Number(step) <= longest && (first === undefined || last !== undefined));

/** The minutes of a day at which it comes, from midnight on; on which days is not asked. None where the line is wrong. */
export function minutesOf(cron: string): number[] {
  if (cronProblem(cron) !== null) return [];
  const [minutes = "", hours = ""] = cron.trim().split(/\s+/);
  const within = (text: string, most: number) =>
    Array.from({ length: most + 1 }, (_, one) => one).filter((one) => text.split(",").some((item) => has(item, one)));
  return within(hours, 23).flatMap((hour) => within(minutes, 59).map((minute) => hour * 60 + minute));
}

function has(item: string, one: number): boolean {
  const { first, last, step = "1" } = ITEM.exec(item)?.groups ?? {};
  const low = Number(first ?? 0);
  const high = first === undefined ? Infinity : Number(last ?? first);
  return one >= low && one <= high && (one - low) % Number(step) === 0;
}

/** What most schedules are. `day`: of the week (0 Sunday) or of the month; of no meaning for the others. */
export interface SimpleSchedule {
  readonly every: "day" | "weekday" | "week" | "month";
  /** HH:MM */
  readonly time: string;
  readonly day: number;
}

const SIMPLE = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|1-5|[0-6])$/;
const two = (text: string | number): string => String(text).padStart(2, "0");

/** Null where the line says more than that, or is wrong. */
export function simpleOf(cron: string): SimpleSchedule | null {
  const [, minute, hour, day = "", weekday = ""] = SIMPLE.exec(cron.trim().replace(/\s+/g, " ")) ?? [];
  if (minute === undefined || hour === undefined || cronProblem(cron) !== null) return null;
  const time = `${two(hour)}:${two(minute)}`;
  if (day !== "*") return { every: "month", time, day: Number(day) };
  if (weekday === "*") return { every: "day", time, day: 1 };
  return weekday === "1-5" ? { every: "weekday", time, day: 1 } : { every: "week", time, day: Number(weekday) };
}

const days: Readonly<Record<SimpleSchedule["every"], (day: number) => string>> = {
  day: () => "* * *",
  weekday: () => "* * 1-5",
  week: (day) => `* * ${day}`,
  month: (day) => `${day} * *`,
};

export function cronOf({ every, time, day }: SimpleSchedule): string {
  const [hour = "0", minute = "0"] = time.split(":");
  return `${Number(minute)} ${Number(hour)} ${days[every](day)}`;
}
