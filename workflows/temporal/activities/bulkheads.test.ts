import { ApplicationFailure } from "@temporalio/common";
import { expect, test } from "vitest";
import { createBulkheads } from "./bulkheads.js";

const nothing = (): Promise<number> => Promise.resolve(0);

test("a slow connection is turned away, and another has its own door", async () => {
  const bulkheads = createBulkheads({ slowMs: 100, patience: 1 });
  expect(await bulkheads.through("jira", () => Promise.resolve(101))).toBe(true);
  expect(await bulkheads.through("jira", nothing)).toBe(false);
  expect(await bulkheads.through("slack", nothing)).toBe(true);
});

test("a failing call counts as a slow one does, and is passed on", async () => {
  const bulkheads = createBulkheads({ patience: 1 });
  await expect(bulkheads.through("jira", () => Promise.reject(ApplicationFailure.retryable("down")))).rejects.toThrow(
    "down",
  );
  expect(await bulkheads.through("jira", nothing)).toBe(false);
});

test("who asked nobody says nothing of the connection: neither that it is good nor that it is bad", async () => {
  const bulkheads = createBulkheads({ patience: 2 });
  const bad = () =>
    bulkheads.through("jira", () => Promise.reject(ApplicationFailure.retryable("down"))).catch(() => true);
  await bad();
  await bulkheads.through("jira", nothing);
  await bad();
  expect(await bulkheads.through("jira", nothing)).toBe(false);
});

test("a failure of ours says nothing of the connection", async () => {
  const bulkheads = createBulkheads({ patience: 1 });
  for (const error of [new Error("no database"), ApplicationFailure.nonRetryable("gave up")])
    await expect(bulkheads.through("jira", () => Promise.reject(error))).rejects.toThrow(error.message);
  expect(await bulkheads.through("jira", nothing)).toBe(true);
});
