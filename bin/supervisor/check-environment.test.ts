import { expect, test } from "vitest";
import { checkEnvironment } from "./check-environment.js";

test("an environment that says nothing is fine, and an empty value counts as unset", () => {
  expect(() => checkEnvironment({})).not.toThrow();
  expect(() => checkEnvironment({ DATABASE_URL: "", DATABASE_POOL: "" })).not.toThrow();
});

test.each([
  ["DATABASE_POOL", "2"],
  ["LOOPWRIGHT_TIMING", "x"],
  ["LOG_LEVEL", "loud"],
  ["PUBLIC_URL", "support.example"],
  ["TRUSTED_PROXIES", "10.0.0.1,my-proxy"],
  ["LOOPWRIGHT_KEK", "short"],
  ["LOOPWRIGHT_KEK_PREVIOUS", "short"],
  ["DATABASE_URL", "mysql://127.0.0.1/x"],
])("a wrong %s names itself before anything starts", (name, value) => {
  expect(() => checkEnvironment({ [name]: value })).toThrow(name);
});
