import { describe, expect, test } from "vitest";
import { cronOf, cronProblem, minutesOf, simpleOf, type SimpleSchedule } from "./cron.js";

describe("a cron line", () => {
  test.each([
    "0 9 * * *",
    "*/15 8-18 * * 1-5",
    "0,30 6 1,15 * *",
    "5 4 * 1-12/3 *",
    "59 23 31 12 *",
    " 0  9 * * 0 ",
    "*/60 */24 */31 * *",
    "0 0 * */12 */7",
  ])("%s can be read", (cron) => expect(cronProblem(cron)).toBeNull());

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
    ["*/90 * * * *", { kind: "part", part: "minute" }],
    ["*/61 * * * *", { kind: "part", part: "minute" }],
    ["0 */25 * * *", { kind: "part", part: "hour" }],
    ["0 9 */32 * *", { kind: "part", part: "day" }],
    ["0 9 * 1-12/13 *", { kind: "part", part: "month" }],
    ["0 9 * * */8", { kind: "part", part: "weekday" }],
    ["5/10 9 * * *", { kind: "part", part: "minute" }],
    ["0 9 L * *", { kind: "part", part: "day" }],
    ["0 9 13 * 5", { kind: "days" }],
  ])("%s cannot: %o", (cron, problem) => expect(cronProblem(cron)).toMatchObject(problem));

  test("says how many parts it has, or which part is wrong and what that takes", () => {
    expect(cronProblem("99 9 * *")).toEqual({ kind: "parts", amount: 4 });
    expect(cronProblem(" ")).toEqual({ kind: "parts", amount: 0 });
    expect(cronProblem("99 9 * * *")).toEqual({ kind: "part", part: "minute", text: "99", from: 0, to: 59 });
    expect(cronProblem("0 9 * 13 *")).toEqual({ kind: "part", part: "month", text: "13", from: 1, to: 12 });
  });

  test("has its minutes of the day", () => {
    expect(minutesOf("*/20 8-9,23 * * 1-5")).toEqual([480, 500, 520, 540, 560, 580, 1380, 1400, 1420]);
    expect(minutesOf("5-15/5,50 0 * * *")).toEqual([5, 10, 15, 50]);
    expect(minutesOf("* * * * *")).toHaveLength(1440);
    expect(minutesOf("0 9 * *")).toEqual([]);
  });

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
