import { expect, test } from "vitest";
import { uuidv7 } from "./uuid.js";

test("ids made one after the other sort in the order they were made, also within a millisecond", () => {
  const ids = Array.from({ length: 10_000 }, uuidv7);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("version and variant are those of RFC 9562", () => {
  expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
