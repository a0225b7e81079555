import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reach, Sight } from "../http/route.js";
import { both, either, EVERYTHING, idsWithin, isEverything, sightOf } from "./reach.js";
import type { RowRule } from "./rule-api.js";

const ids = fc.subarray(["a", "b", "c"]);
const things = fc.record({
  flow: fc.option(ids),
  source: fc.option(ids),
  connection: fc.option(ids),
});
const rule: fc.Arbitrary<RowRule> = fc.record({
  segment: fc.array(
    fc.record({
      field: fc.constantFrom("feedback.attributes.region", "feedback.attributes.tier"),
      oneOf: fc.subarray(["x", "y"], { minLength: 1 }),
    }),
    { maxLength: 2 },
  ),
  accountIds: fc.option(fc.subarray(["p", "q"], { minLength: 1 })),
});
const sight: fc.Arbitrary<Sight> = fc.record({ things, rows: fc.array(rule, { maxLength: 2 }) });
const reach: fc.Arbitrary<Reach> = fc.oneof(fc.array(sight, { maxLength: 4 }), fc.constant(EVERYTHING));

interface Row {
  readonly flow: string;
  readonly source: string;
  readonly account: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}
const row: fc.Arbitrary<Row> = fc.record({
  flow: fc.constantFrom("a", "b", "c", "d"),
  source: fc.constantFrom("a", "b", "c", "d"),
  account: fc.constantFrom("p", "q", null),
  attributes: fc.dictionary(fc.constantFrom("region", "tier"), fc.constantFrom("x", "y", "z")),
});

/** What the words say, written once more; the SQL is tested against rows. */
const sees = (one: Reach, { flow, source, account, attributes }: Row): boolean =>
  one.some(
    ({ things: only, rows }) =>
      (only.flow?.includes(flow) ?? true) &&
      (only.source?.includes(source) ?? true) &&
      rows.every(
        ({ segment, accountIds }) =>
          (accountIds === null || (account !== null && accountIds.includes(account))) &&
          segment.every(({ field, oneOf }) => oneOf.includes(attributes[field.split(".")[2] ?? ""] ?? "")),
      ),
  );

describe("what two see", () => {
  it("together is what one of them sees, row by row, and nothing more", () => {
    fc.assert(
      fc.property(reach, reach, row, (a, b, one) => {
        expect(sees(either(a, b), one)).toBe(sees(a, one) || sees(b, one));
      }),
    );
  });

  it("in common is what each of them sees: a token never widens what its maker sees", () => {
    fc.assert(
      fc.property(reach, reach, row, (token, maker, one) => {
        expect(sees(both(token, maker), one)).toBe(sees(token, one) && sees(maker, one));
      }),
    );
  });

  it("is the same in any order", () => {
    fc.assert(
      fc.property(reach, reach, row, (a, b, one) => {
        expect(sees(either(a, b), one)).toBe(sees(either(b, a), one));
        expect(sees(both(a, b), one)).toBe(sees(both(b, a), one));
      }),
    );
  });

  it("of one kind are the things that any of them names, or all", () => {
    fc.assert(
      fc.property(reach, fc.constantFrom("a", "b", "c", "d"), (one, id) => {
        const named = idsWithin(one, "flow");
        const isSeen = one.some(({ things: { flow } }) => flow === null || flow.includes(id));
        expect(named === null || named.includes(id)).toBe(isSeen);
      }),
    );
    expect(idsWithin(undefined, "flow")).toBeNull();
  });
});

describe("everything", () => {
  it("is seen only without a list and without a rule, however short", () => {
    expect(isEverything(EVERYTHING)).toBe(true);
    const all = { flowIds: null, sourceIds: null, connectionIds: null };
    const everyRow = { segment: [], accountIds: null };
    expect(isEverything([sightOf(all, everyRow)])).toBe(true);
    expect(isEverything([sightOf({ ...all, connectionIds: [] }, everyRow)])).toBe(false);
    expect(isEverything([sightOf(all, { ...everyRow, accountIds: ["p"] })])).toBe(false);
    expect(isEverything([])).toBe(false);
  });

  it("is what stays for who sees it by one team, whatever the others say", () => {
    fc.assert(
      fc.property(reach, (one) => {
        expect(isEverything(either(one, EVERYTHING))).toBe(true);
        expect(both(one, EVERYTHING)).toEqual(one);
      }),
    );
  });
});
