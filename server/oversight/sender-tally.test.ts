import { expect, test } from "vitest";
import { createTally, isLumped, MOST_A_DAY, type SenderLine } from "./sender-tally.js";

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 12, minute));
const line = (change: Partial<SenderLine> = {}): SenderLine => ({
  ...{ workspaceId: "w", day: "2026-11-23", reason: "unknown", keyPrefix: "abc", network: "192.0.2.0/24" },
  ...{ count: 1, firstAt: at(0), lastAt: at(0) },
  ...change,
});
function tallied(lines: readonly SenderLine[], known: readonly SenderLine[] = []): SenderLine[] {
  const tally = createTally(known);
  for (const one of lines) tally.add(one);
  return tally.lines();
}

test("the same sender is one line, from the first to the last", () => {
  const three = [line({ firstAt: at(5), lastAt: at(5) }), line(), line({ firstAt: at(9), lastAt: at(9) })];
  expect(tallied(three)).toEqual([line({ count: 3, firstAt: at(0), lastAt: at(9) })]);
});

test.each<[string, Partial<SenderLine>]>([
  ["another day", { day: "2026-11-24" }],
  ["another key", { keyPrefix: "def" }],
  ["another reason", { reason: "revoked" }],
  ["another network", { network: "192.0.3.0/24" }],
  ["another workspace", { workspaceId: "x" }],
])("%s is another line", (_what, change) => {
  expect(tallied([line(), line(change)])).toHaveLength(2);
});

test("a flood of keys is a bounded number of lines, and every one of them is counted", () => {
  const flood = Array.from({ length: 10_000 }, (_, index) => line({ keyPrefix: `k${index}` }));
  const lines = tallied([...flood, line({ reason: "paused", keyPrefix: "late" }), line({ keyPrefix: "k3" })]);
  expect(lines).toHaveLength(MOST_A_DAY + 2);
  expect(lines.filter(isLumped).map(({ reason }) => reason)).toEqual(["unknown", "paused"]);
  expect(lines.reduce((sum, { count }) => sum + count, 0)).toBe(10_002);
  expect(lines.find(({ keyPrefix }) => keyPrefix === "k3")?.count).toBe(2);
});

test("lines that are stored already keep their place, and take room from others", () => {
  const known = Array.from({ length: MOST_A_DAY }, (_, index) => line({ keyPrefix: `k${index}` }));
  const lines = tallied([line({ keyPrefix: "k7" }), line({ keyPrefix: "new" })], known);
  expect(lines.map(({ keyPrefix }) => keyPrefix)).toEqual(["k7", ""]);
});

test("the days of a workspace do not take room from each other", () => {
  const known = Array.from({ length: MOST_A_DAY }, (_, index) => line({ keyPrefix: `k${index}` }));
  expect(tallied([line({ keyPrefix: "new", day: "2026-11-24" })], known)[0]?.keyPrefix).toBe("new");
});
