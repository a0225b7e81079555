import { expect, test } from "vitest";
import { zones } from "./zones.js";

const every = [1, 2, 3, 4, 5, 6, 7];
const next = (from: string, time: string, zone: string, days = every): string =>
  zones.nextLocalTime(new Date(from), { time, zone, days }).toISOString();

test("nine o'clock in Paris is eight in UTC in winter and seven in summer", () => {
  expect(next("2026-01-15T06:00:00Z", "09:00", "Europe/Paris")).toBe("2026-01-15T08:00:00.000Z");
  expect(next("2026-07-15T06:00:00Z", "09:00", "Europe/Paris")).toBe("2026-07-15T07:00:00.000Z");
});

test("the moment itself is not its own next time", () => {
  expect(next("2026-01-15T08:00:00Z", "09:00", "Europe/Paris")).toBe("2026-01-16T08:00:00.000Z");
});

test("only the chosen days count: Friday evening leads to Monday", () => {
  expect(next("2026-01-16T20:00:00Z", "09:00", "Europe/Paris", [1, 2, 3, 4, 5])).toBe("2026-01-19T08:00:00.000Z");
});

test("a time that the clocks skip in spring comes as far after the change", () => {
  expect(next("2026-03-29T00:00:00Z", "02:30", "Europe/Paris")).toBe("2026-03-29T01:30:00.000Z");
});

test("a time that comes twice in autumn is the first", () => {
  expect(next("2026-10-24T23:00:00Z", "02:30", "Europe/Paris")).toBe("2026-10-25T00:30:00.000Z");
});

test("a zone ahead of UTC may already be in tomorrow", () => {
  expect(next("2026-01-15T22:00:00Z", "09:00", "Pacific/Auckland")).toBe("2026-01-16T20:00:00.000Z");
});
