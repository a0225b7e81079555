import { minutesOf } from "../../workflows/flow/cron.js";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1440;
/** What a zone does within a year is known long before. */
const AHEAD_DAYS = 400;

/** What a zone's clocks do in the coming year. */
export interface ZoneYear {
  /** Minutes before UTC. */
  readonly offsets: readonly number[];
  /** Minutes of the day, in UTC, at which they change. */
  readonly changes: readonly number[];
}

export function zoneYear(timeZone: string, from: Date): ZoneYear {
  const days = Array.from({ length: AHEAD_DAYS }, (_, day) => from.getTime() + day * DAY_MS);
  const offsetAt = offsetsOf(timeZone);
  const changed = days.filter((day) => offsetAt(day) !== offsetAt(day + DAY_MS));
  return {
    offsets: [...new Set(days.map(offsetAt))],
    changes: changed.map((day) => inDay(changeIn(day, offsetAt) / MINUTE_MS)),
  };
}

/**
 * Cron lines in UTC that together have every time of the schedule, and more: each of its times of day by every offset that its zone has in the
 * coming year, on every day, and the moments at which clocks change. Which of them is meant says `timeliness`. Temporal reads lines in zones
 * of their own too, but where clocks change its times are others in each zone: once, twice or never.
 */
export function utcLines(cron: string, { offsets, changes }: ZoneYear): string[] {
  const times = minutesOf(cron).flatMap((minute) => offsets.map((offset) => inDay(minute - offset)));
  return linesOf(new Set([...times, ...changes]));
}

const inDay = (minute: number): number => ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;

type OffsetAt = (at: number) => number;

/** Minutes that the zone's clocks are before UTC. */
function offsetsOf(timeZone: string): OffsetAt {
  const words = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  return (at) => {
    const name = words.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

/** The first minute after which clocks show what they show a day later. */
function changeIn(day: number, offsetAt: OffsetAt): number {
  const after = offsetAt(day + DAY_MS);
  let [early, late] = [Math.floor(day / MINUTE_MS), Math.floor((day + DAY_MS) / MINUTE_MS)];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(middle * MINUTE_MS) === after) late = middle;
    else early = middle;
  }
  return late * MINUTE_MS;
}

/** One line for all hours that have the same minutes. */
function linesOf(times: ReadonlySet<number>): string[] {
  const hoursOf = new Map<string, number[]>();
  for (let hour = 0; hour < 24; hour += 1) {
    const minutes = Array.from({ length: 60 }, (_, minute) => minute).filter((minute) => times.has(hour * 60 + minute));
    if (minutes.length > 0) hoursOf.set(minutes.join(), [...(hoursOf.get(minutes.join()) ?? []), hour]);
  }
  return [...hoursOf].map(([minutes, hours]) => `${minutes} ${hours.join()} * * *`);
}
