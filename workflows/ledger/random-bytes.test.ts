import { expect, test } from "vitest";
import { nextRandomBytes } from "./random-bytes.js";

test("no bytes are given out twice, and those given stay as they were while others are asked for", () => {
  const given = Array.from({ length: 2_000 }, () => nextRandomBytes(12));
  const atOnce = given.map((bytes) => bytes.toString("hex"));
  expect(new Set(atOnce).size).toBe(2_000);
  nextRandomBytes(4_096);
  expect(given.map((bytes) => bytes.toString("hex"))).toEqual(atOnce);
});

test("more than is read ahead is refused", () => {
  expect(nextRandomBytes(4_096)).toHaveLength(4_096);
  expect(() => nextRandomBytes(4_097)).toThrow("4097 random bytes");
});
