import { expect, test } from "vitest";
import { readTimestamp } from "./read-timestamp.js";

test.each([
  ["2026-03-02 09:00:00+00", "2026-03-02T09:00:00.000Z"],
  ["2026-03-02 09:00:00.123456+00", "2026-03-02T09:00:00.123Z"],
  ["2026-03-02 09:00:00.1+00", "2026-03-02T09:00:00.100Z"],
  ["2026-03-02 11:30:00.5+02:30", "2026-03-02T09:00:00.500Z"],
  ["0044-03-15 12:00:00+00 BC", "-000043-03-15T12:00:00.000Z"],
  ["12026-03-02 09:00:00+00", "+012026-03-02T09:00:00.000Z"],
])("reads %s", (text, iso) => {
  const at = readTimestamp(text);
  expect(at instanceof Date && at.toISOString()).toBe(iso);
});

test("what never comes is a number", () => {
  expect(readTimestamp("infinity")).toBe(Infinity);
});
