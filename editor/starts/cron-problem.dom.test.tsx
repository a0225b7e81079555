import { expect, test } from "vitest";
import { draw } from "../ui/testing/render.js";
import { useCronProblem } from "./cron-problem.js";

test.each([
  ["99 9 * *", "needs five parts: minute, hour, day of the month, month, day of the week. It has 4."],
  ["99 9 * * *", "“99” cannot be read as the minute. Write numbers from 0 to 59"],
  ["0 9 * * MON", "“MON” cannot be read as the day of the week. Write numbers from 0 to 6"],
  ["0 9 13 * 5", "leave the other as *"],
  ["0 9 * * 5", "Nothing is wrong."],
])("while %j is written as a cron line, it is told which part is wrong", async (cron, said) => {
  function Line() {
    return useCronProblem()(cron) ?? "Nothing is wrong.";
  }
  expect((await draw(<Line />)).text()).toContain(said);
});
