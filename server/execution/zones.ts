import type { Zones } from "../../workflows/flow/catalogue.js";

/** Wall-clock arithmetic by the platform's own zone data. */
export const zones: Zones = {
  nextLocalTime(from, { time, zone, days }) {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    for (let ahead = 0; ahead <= 8; ahead++) {
      const day = localDay(from, zone, ahead);
      if (!days.includes(day.weekday)) continue;
      const moment = instantOf({ ...day, hours, minutes }, zone);
      if (moment > from) return moment;
    }
    throw new Error(`no day of the week was chosen for ${time} in ${zone}`);
  },
};

interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
}

/** The calendar day in `zone`, `ahead` days after the one that `from` falls on. */
function localDay(from: Date, zone: string, ahead: number): LocalDay {
  const { year, month, day } = partsOf(from, zone);
  const noon = new Date(Date.UTC(year, month - 1, day + ahead, 12));
  const weekday = ((noon.getUTCDay() + 6) % 7) + 1;
  return { year: noon.getUTCFullYear(), month: noon.getUTCMonth() + 1, day: noon.getUTCDate(), weekday };
}

/**
 * The instant at which clocks in `zone` show this. A time that a daylight-saving change skips becomes the moment as far after
 * the change; one that comes twice is the first.
 */
function instantOf(
  { year, month, day, hours, minutes }: LocalDay & { hours: number; minutes: number },
  zone: string,
): Date {
  const asUtc = Date.UTC(year, month - 1, day, hours, minutes);
  const offsets = [asUtc - DAY, asUtc + DAY].map((near) => offsetAt(new Date(near), zone));
  const candidates = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b);
  const exact = candidates.find((moment) => moment + offsetAt(new Date(moment), zone) === asUtc);
  return new Date(exact ?? Math.max(...candidates));
}

const DAY = 86_400_000;

function offsetAt(moment: Date, zone: string): number {
  const { year, month, day, hours, minutes, seconds } = partsOf(moment, zone);
  return Date.UTC(year, month - 1, day, hours, minutes, seconds) - Math.floor(moment.getTime() / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(moment: Date, zone: string) {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const get = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: get("year"),
    month: get("month"),
    day: get("day"),
    hours: get("hour"),
    minutes: get("minute"),
    seconds: get("second"),
  };
}
