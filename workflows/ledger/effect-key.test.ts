import { expect, test } from "vitest";
import { effectKey, runKey } from "./effect-key.js";

const parts = { installationId: "i", runKey: "r", nodeId: "n", slot: "main", iteration: 0 };

test("a key is lw_ and 52 characters that every remote system takes", () => {
  expect(effectKey(parts)).toMatch(/^lw_[a-z2-7]{52}$/);
});

test("the same effect has the same key, and every part of it makes another", () => {
  expect(effectKey({ ...parts })).toBe(effectKey(parts));
  const others = [{ installationId: "j" }, { runKey: "s" }, { nodeId: "m" }, { slot: "card" }, { iteration: 1 }];
  const keys = new Set(others.map((other) => effectKey({ ...parts, ...other })));
  expect(keys.size).toBe(others.length);
  expect(keys).not.toContain(effectKey(parts));
});

test("moving a letter from one part to the next makes another key", () => {
  expect(effectKey({ ...parts, runKey: "ab", nodeId: "c" })).not.toBe(
    effectKey({ ...parts, runKey: "a", nodeId: "bc" }),
  );
});

test("a run's key does not depend on Temporal, attempts or time", () => {
  const run = { sourceId: "s", externalId: "42", flowId: "f", ordinal: 0 };
  expect(runKey(run)).toBe(runKey({ ...run }));
  expect(runKey({ ...run, ordinal: 1 })).not.toBe(runKey(run));
});
