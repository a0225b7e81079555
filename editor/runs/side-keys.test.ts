import { expect, test } from "vitest";
import { runBy } from "./side-keys.js";

const runs = [{ id: "a" }, { id: "b" }, { id: "c" }];

test.each([
  ["j", undefined, "a"],
  ["k", undefined, "a"],
  ["j", "a", "b"],
  ["ArrowDown", "b", "c"],
  ["ArrowDown", "c", null],
  ["k", "c", "b"],
  ["ArrowUp", "a", null],
  ["j", "gone", "a"],
  ["x", "a", null],
] as const)("%s leads from %s to %s", (key, opened, expected) => {
  expect(runBy(key, runs, opened)).toBe(expected);
});

test("of no runs none is led to", () => {
  expect(runBy("j", [], undefined)).toBeNull();
});
