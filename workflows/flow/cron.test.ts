import { describe, expect, test } from "vitest";
import { cronOf, cronProblem, simpleOf, type SimpleSchedule } from "./cron.js";

describe("a cron line", () => {
  test.each(["0 9 * * *", "*/15 8-18 * * 1-5", "0,30 6 1,15 * *", "5 4 * 1-12/3 *", "59 23 31 12 *", " 0  9 * * 0 "])(
    "%s can be read",
    (cron) => expect(cronProblem(cron)).toBeNull(),
  );

  test.each([
    ["0 9 * *", { kind: "parts" }],
    ["0 9 * * * *", { kind: "parts" }],
    ["", { kind: "parts" }],
    ["60 9 * * *", { kind: "part", part: "minute" }],
    ["0 24 * * *", { kind: "part", part: "hour" }],
    ["0 9 0 * *", { kind: "part", part: "day" }],
    ["0 9 * 13 *", { kind: "part", part: "month" }],
    ["0 9 * * MON", { kind: "part", part: "weekday" }],
    ["0 9 * * 7", { kind: "part", part: "weekday" }],
    ["0 9 * * 5-1", { kind: "part", part: "weekday" }],
    ["*/0 9 * * *", { kind: "part", part: "minute" }],
    ["5/10 9 * * *", { kind: "part", part: "minute" }],
    ["0 9 L * *", { kind: "part", part: "day" }],
    ["0 9 13 * 5", { kind: "days" }],
  ])("%s cannot: %o", (cron, problem) => expect(cronProblem(cron)).toEqual(problem));

  test("what most schedules are is read back as it was chosen", () => {
    const chosen: SimpleSchedule[] = [
      { every: "day", time: "09:00", day: 1 },
      { every: "weekday", time: "00:05", day: 1 },
      { every: "week", time: "18:30", day: 0 },
      { every: "month", time: "07:15", day: 28 },
    ];
    for (const one of chosen) expect(simpleOf(cronOf(one))).toEqual(one);
  });

  test.each(["*/5 9 * * *", "0 9 * 3 *", "0 9 * * 1,3", "0 25 * * *", "0 9 1 * 1"])("%s is none of them", (cron) =>
    expect(simpleOf(cron)).toBeNull(),
  );
});
