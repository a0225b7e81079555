import { expect, test } from "vitest";
import { formatLength, formatNumber, languageName, relativeTime } from "./format.js";

const now = new Date("2026-03-01T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

test.each([
  [0, "en", "now"],
  [-3, "en", "3 min ago"],
  [-90, "en", "1 hr ago"],
  [120, "en", "in 2 hr"],
  [-24 * 60, "en", "yesterday"],
  [-45 * 24 * 60, "en", "last month"],
  [-3, "fr", "il y a 3\u00a0min"],
])("%s minutes from now in %s: %s", (count, language, expected) => {
  expect(relativeTime(minutes(count), now, language)).toBe(expected);
});

test("numbers are grouped as the reader's language does", () => {
  expect(formatNumber(12_345, "en")).toBe("12,345");
  expect(formatNumber(12_345, "fr")).toMatch(/^12\s345$/u);
});

test("a length has the unit that fits, and none while it is not over", () => {
  const from = now.toISOString();
  expect(formatLength(from, new Date(now.getTime() + 420).toISOString(), "en")).toBe("420 ms");
  expect(formatLength(from, new Date(now.getTime() + 1_500).toISOString(), "fr")).toBe("1,5 s");
  expect(formatLength(from, new Date(now.getTime() + 1_500).toISOString(), "en")).toBe("1.5 s");
  expect(formatLength(from, minutes(4).toISOString(), "en")).toBe("4 mins");
  expect(formatLength(from, null, "en")).toBeNull();
});

test.each([
  ["fr", "en", "French"],
  ["pt-BR", "fr", "portugais brésilien"],
  ["not a code", "en", "not a code"],
])("the language %s is told in %s as %s", (code, language, expected) => {
  expect(languageName(code, language)).toBe(expected);
});
