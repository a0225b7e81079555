import { describe, expect, it } from "vitest";
import { firstIdAt } from "../../workflows/ledger/uuid.js";
import { runFilterSchema } from "./run-filter-api.js";
import { idsOf, spanOf } from "./run-days.js";
import { searchOf } from "./run-search.js";

const now = new Date("2026-11-23T16:40:00Z");

describe("days that are asked for", () => {
  it.each([
    [{}, null, null],
    [{ days: 0 }, "2026-11-23T00:00:00.000Z", null],
    [{ days: 7, from: "2020-01-01" }, "2026-11-16T00:00:00.000Z", null],
    [{ from: "2026-11-01", to: "2026-11-02" }, "2026-11-01T00:00:00.000Z", "2026-11-03T00:00:00.000Z"],
  ])("%j begin at %s and end before %s: whole days, for employees' runs are told by the day", (asked, from, until) => {
    const span = spanOf(asked, now);
    expect([span.from?.toISOString() ?? null, span.until?.toISOString() ?? null]).toEqual([from, until]);
  });

  it("lie between ids, with room for clocks that differ", () => {
    const { least, below } = idsOf(spanOf({ from: "2026-11-02", to: "2026-11-02" }, now));
    expect([least, below]).toEqual([
      firstIdAt(Date.parse("2026-11-01T23:00:00Z")),
      firstIdAt(Date.parse("2026-11-03T01:00:00Z")),
    ]);
    expect(idsOf(spanOf({}, now))).toEqual({ least: null, below: null });
  });

  it("are days: a time of day is refused", () => {
    expect(runFilterSchema.safeParse({ from: "2026-11-01T12:00:00Z" }).success).toBe(false);
    expect(runFilterSchema.safeParse({ from: "2026-02-30" }).success).toBe(false);
  });
});

describe("what somebody typed to find runs", () => {
  it.each([
    ["0198c0de", "0198c0de-0000-0000-0000-000000000000", "0198c0de-ffff-ffff-ffff-ffffffffffff"],
    ["0198C0DE-7000-7", "0198c0de-7000-7000-0000-000000000000", "0198c0de-7000-7fff-ffff-ffffffffffff"],
  ])("%s is an id or its beginning", (words, least, most) => {
    expect(searchOf(words)).toEqual({ kind: "ids", least, most });
  });

  it.each(["Done", "0198c0d", "followed up"])("%s is how an outcome begins", (words) => {
    expect(searchOf(words)).toEqual({ kind: "outcome", begins: words.toLowerCase() });
  });
});

it("several states are one word of the query, and a state that there is not is refused", () => {
  expect(runFilterSchema.parse({ state: "stuck,waiting" }).state).toEqual(["stuck", "waiting"]);
  expect(runFilterSchema.safeParse({ state: "stuck,lost" }).success).toBe(false);
});
