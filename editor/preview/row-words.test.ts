import { expect, test } from "vitest";
import { rowWords } from "./row-words.js";

const words = { missing: "not said", yes: "Yes", no: "No", language: "en" };
const said = (row: Parameters<typeof rowWords>[0], value: Parameters<typeof rowWords>[1], holds: boolean) => {
  const { label, text } = rowWords(row, value, words)(holds);
  return `${label}: ${text}`;
};

test("a comparison is said by its sign, with what the event has on its left", () => {
  expect(said({ operator: "atMost", value: 6 }, 3, true)).toBe("3 ≤ 6: yes");
  expect(said({ operator: "greaterThan", value: 50_000 }, 1200, false)).toBe("1,200 > 50,000: no");
  expect(said({ operator: "equals", value: "nps" }, "csat", false)).toBe("“csat” = “nps”: no");
});

test("where it has no sign, what the event has is enough", () => {
  expect(said({ operator: "contains", value: "export" }, "The export fails", true)).toBe("“The export fails”: yes");
  expect(said({ operator: "contains", value: "x" }, "y".repeat(60), false)).toBe(`“${"y".repeat(40)}…”: no`);
});

test("what the event does not have is said", () => {
  expect(said({ operator: "isEmpty", value: null }, undefined, true)).toBe("not said: yes");
  expect(said({ operator: "atMost", value: 6 }, undefined, false)).toBe("not said: no");
});

test("a time is said as its day", () => {
  expect(said({ operator: "lessThan", value: "2026-03-01" }, "2026-02-03T08:00:00.000Z", true)).toBe(
    "3 Feb 2026 < 1 Mar 2026: yes",
  );
});
