import { Cron } from "croner";
import { describe, expect, test } from "vitest";
import { minutesOf } from "../../workflows/flow/cron.js";
import { timeliness } from "./schedule-time.js";
import { utcLines, zoneYear } from "./utc-lines.js";

const FROM = new Date("2026-11-23T12:00:00Z");
const zones = ["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Auckland"];
const crons = ["0 9 * * 1-5", "30 2 * * *", "30 1 * * *", "15 0 1 * *", "*/30 * * * *", "45 23 * * 0"];

/** Whether Temporal comes by at this time. */
const covers = (lines: readonly string[]) => {
  const minutes = new Set(lines.flatMap(minutesOf));
  return (at: Date): boolean => minutes.has(at.getUTCHours() * 60 + at.getUTCMinutes());
};

describe.each(zones)("lines in UTC for a schedule in %s", (timeZone) => {
  test.each(crons)("have each of its times of a year: %s", (cron) => {
    const comesBy = covers(utcLines(cron, zoneYear(timeZone, FROM)));
    const times = new Cron(cron, { timezone: timeZone, mode: "5-part" }).nextRuns(400, FROM);
    const year = times.filter((at) => at.getTime() < FROM.getTime() + 380 * 86_400_000);
    expect(year.length).toBeGreaterThan(10);
    expect(year.filter((at) => !comesBy(at))).toEqual([]);
    expect(year.filter((at) => timeliness({ cron, timeZone }, at, at) !== "due")).toEqual([]);
  });
});

test("are the same on every day of the year, so that a schedule stays where it is", () => {
  const at = (day: string) => utcLines("30 2 * * *", zoneYear("Europe/Paris", new Date(day))).toSorted();
  expect(at("2026-11-23T12:00:00Z")).toEqual(["0,30 1 * * *", "30 0 * * *"]);
  expect(at("2026-11-23T12:00:00Z")).toEqual(at("2027-05-01T03:11:00Z"));
  expect(at("2026-11-23T12:00:00Z")).toEqual(at("2027-03-28T00:59:59Z"));
  expect(utcLines("0 9 * * *", zoneYear("Asia/Kolkata", FROM))).toEqual(["30 3 * * *"]);
});
