import { expect, test } from "vitest";
import { scoreTone } from "./score.js";

test.each([
  ["nps", 6, 10, "failed"],
  ["nps", 7, 10, "waiting"],
  ["nps", 9, 10, "done"],
  ["stars", 2, 5, "failed"],
  ["stars", 3, 5, "waiting"],
  ["stars", 4, 5, "done"],
  ["ces", 1, 7, "waiting"],
  ["text", null, null, "faint"],
])("%s %s of %s is %s", (metric, score, scaleMax, tone) => {
  expect(scoreTone({ metric, score, scaleMax })).toBe(tone);
});
