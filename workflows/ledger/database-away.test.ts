import { expect, test } from "vitest";
import { isDatabaseAway } from "./database-away.js";

const withCode = (code: string): Error => Object.assign(new Error("said by the database"), { code });

test.each([
  ["08006", "the connection failed"],
  ["53300", "too many connections"],
  ["57P01", "the server is shut down"],
  ["25P03", "the transaction stood idle for too long"],
  ["40P01", "a deadlock"],
  ["ECONNREFUSED", "nobody listens"],
])("%s is no fault of the statement: %s", (code) => {
  expect(isDatabaseAway(withCode(code))).toBe(true);
});

test.each(["23505", "22P05", "42703", "25P02"])("%s is one", (code) => {
  expect(isDatabaseAway(withCode(code))).toBe(false);
});

test("what node-postgres says without a code is known by its words", () => {
  expect(isDatabaseAway(new Error("Connection terminated unexpectedly"))).toBe(true);
  expect(isDatabaseAway(new Error("Query read timeout"))).toBe(true);
  expect(isDatabaseAway(new Error("something else"))).toBe(false);
});
