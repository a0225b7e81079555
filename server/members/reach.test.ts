import { describe, expect, it } from "vitest";
import { both, either, EVERYTHING, isEverything, type Reach } from "./reach.js";

const one: Reach = { flow: ["a", "b"], source: null, connection: ["x"] };
const other: Reach = { flow: ["b", "c"], source: ["s"], connection: [] };

describe("what two see", () => {
  it("together is all that either sees", () => {
    expect(either(one, other)).toEqual({ flow: ["a", "b", "c"], source: null, connection: ["x"] });
    expect(either(one, EVERYTHING)).toEqual(EVERYTHING);
  });

  it("in common is what both see", () => {
    expect(both(one, other)).toEqual({ flow: ["b"], source: ["s"], connection: [] });
    expect(both(EVERYTHING, one)).toEqual(one);
    expect(both(one, EVERYTHING)).toEqual(one);
  });

  it("is everything only without a list, however short", () => {
    expect(isEverything(EVERYTHING)).toBe(true);
    expect(isEverything({ ...EVERYTHING, connection: [] })).toBe(false);
  });
});
