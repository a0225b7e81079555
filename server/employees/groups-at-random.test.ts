import { describe, expect, it } from "vitest";
import { byDay } from "./by-day.js";
import { dayId } from "./day-id.js";
import { groupsAtRandom } from "./groups-at-random.js";

const people = (count: number) => Array.from({ length: count }, (_, place) => place);

describe("groups of employees", () => {
  it.each([
    [4, []],
    [5, [5]],
    [9, [9]],
    [10, [5, 5]],
    [17, [6, 6, 5]],
  ])("of %i people are of %j: never fewer than five, and nobody is left over", (count, sizes) => {
    const groups = groupsAtRandom(people(count), 5, Math.random);
    expect(groups.map(({ length }) => length)).toEqual(sizes);
    if (sizes.length > 0) expect(groups.flat().toSorted((a, b) => a - b)).toEqual(people(count));
  });

  it("are mixed by chance and not in the order in which people came", () => {
    const chances = [0.9, 0.1, 0.8, 0.2, 0.7, 0.3];
    expect(groupsAtRandom(people(6), 3, () => chances.shift() ?? 0)).toEqual([
      [1, 5, 2],
      [3, 4, 0],
    ]);
  });
});

describe("what is told by the day", () => {
  it("is told so at any depth, and words stay as they are", () => {
    const view = {
      at: "2026-03-02T10:11:12.131Z",
      list: [{ until: "2026-03-02T10:11:12Z", n: 1 }],
      text: "at 10:11",
      no: null,
    };
    const day = "2026-03-02T00:00:00.000Z";
    expect(byDay(view)).toEqual({ at: day, list: [{ until: day, n: 1 }], text: "at 10:11", no: null });
  });

  it("has an id that tells the day alone", () => {
    const [one, other] = [dayId(new Date("2026-03-02T10:11:12Z")), dayId(new Date("2026-03-02T23:59:59Z"))];
    expect(one.slice(0, 13)).toBe(other.slice(0, 13));
    expect(Number.parseInt(one.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.parse("2026-03-02T00:00:00Z"));
    expect(one).not.toBe(other);
  });
});
