import { expect, test } from "vitest";
import { draw } from "../ui/testing/render.js";
import { useCronProblem } from "./cron-problem.js";

async function said(cron: string): Promise<string | null> {
  function Line() {
    return useCronProblem()(cron) ?? "right";
  }
  return (await draw(<Line />)).text();
}

test("a cron line is told which part of it is wrong while it is written", async () => {
  expect(await said("99 9 * *")).toContain(
    "needs five parts: minute, hour, day of the month, month, day of the week. It has 4.",
  );
  expect(await said("99 9 * * *")).toContain("“99” cannot be read as the minute. Write numbers from 0 to 59");
  expect(await said("0 9 * * MON")).toContain("“MON” cannot be read as the day of the week. Write numbers from 0 to 6");
  expect(await said("0 9 13 * 5")).toContain("leave the other as *");
  expect(await said("0 9 * * 5")).toBe("right");
});
