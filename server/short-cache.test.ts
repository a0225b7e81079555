import { expect, it } from "vitest";
import { createShortCache } from "./short-cache.js";

it("believes a value for its time and no longer", () => {
  let clock = 0;
  const cache = createShortCache<string>({ keptMs: 10, most: 2, now: () => clock });
  cache.set("a", "one");
  clock = 9;
  expect(cache.get("a")).toBe("one");
  clock = 10;
  expect(cache.get("a")).toBeUndefined();
});

it("drops the oldest for one more, where being set again makes young", () => {
  const cache = createShortCache<number>({ keptMs: 10, most: 2, now: () => 0 });
  for (const [name, value] of [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
  ] as const)
    cache.set(name, value);
  expect(["a", "b", "c"].map((name) => cache.get(name))).toEqual([3, undefined, 4]);
  cache.clear();
  expect(cache.get("a")).toBeUndefined();
});

it("holds nothing any more whose time is over, once it is asked for anything or told something", () => {
  let clock = 0;
  const cache = createShortCache<number>({ keptMs: 10, most: 9, now: () => clock });
  cache.set("a", 1);
  clock = 5;
  cache.set("b", 2);
  cache.set("a", 3);
  clock = 15;
  cache.set("c", 4);
  expect(cache.size()).toBe(1);
  clock = 25;
  expect(cache.get("something else")).toBeUndefined();
  expect(cache.size()).toBe(0);
});
