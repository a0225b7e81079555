import { expect, test } from "vitest";
import { isDatabaseAway } from "./database-away.js";
import { BusyError, createGroupCommit, type GroupCommitOptions } from "./group-commit.js";

const options = { isItemsFault: () => true, maxBatch: 100, maxInFlight: 2, maxWaiting: 1_000 };

/** Flushes wait until they are let go. */
function gatedFlush() {
  const batches: (readonly number[])[] = [];
  const gates: (() => void)[] = [];
  const flush: GroupCommitOptions<number, number>["flush"] = async (items) => {
    batches.push(items);
    await new Promise<void>((resolve) => gates.push(resolve));
    return items.map((item) => item * 2);
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { batches, flush, turn, open: () => gates.splice(0).forEach((gate) => gate()) };
}

test("what arrives while nothing is in flight goes at once; what arrives during flushes goes together", async () => {
  const { batches, flush, turn, open } = gatedFlush();
  const commits = createGroupCommit({ ...options, flush });
  const first = commits.submit(1);
  await turn();
  const second = commits.submit(2);
  await turn();
  const rest = [3, 4, 5].map((item) => commits.submit(item));
  await turn();
  expect(batches).toEqual([[1], [2]]);
  open();
  expect(await Promise.all([first, second])).toEqual([2, 4]);
  await turn();
  expect(batches[2]).toEqual([3, 4, 5]);
  open();
  expect(await Promise.all(rest)).toEqual([6, 8, 10]);
});

test("one bad item of two hundred fails alone", async () => {
  const flush = (items: readonly number[]) =>
    items.includes(77) ? Promise.reject(new Error("bad row")) : Promise.resolve([...items]);
  const commits = createGroupCommit({ ...options, maxBatch: 200, flush });
  const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, item) => commits.submit(item)));
  expect(outcomes.flatMap(({ status }, item) => (status === "rejected" ? [item] : []))).toEqual([77]);
});

test("whatever the error is, only the one item that brings it about fails with it", async () => {
  const tooWide = Object.assign(new Error("index row size 4016 exceeds maximum 2704"), { code: "54000" });
  const errors = new Map<number, Error>([
    [3, tooWide],
    [8, new TypeError("undefined is not a function")],
  ]);
  const flush = (items: readonly number[]) => {
    const error = items.map((item) => errors.get(item)).find(Boolean);
    return error ? Promise.reject(error) : Promise.resolve([...items]);
  };
  const commits = createGroupCommit({ ...options, isItemsFault: (error) => !isDatabaseAway(error), flush });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, item) => commits.submit(item)));
  for (const [item, outcome] of outcomes.entries())
    expect(outcome.status === "fulfilled" ? outcome.value : outcome.reason).toBe(errors.get(item) ?? item);
});

test("a lost connection fails the whole batch at once, without trying its halves", async () => {
  let flushes = 0;
  const flush = () => {
    flushes += 1;
    return Promise.reject(new Error("connection lost"));
  };
  const commits = createGroupCommit<number, number>({ ...options, isItemsFault: () => false, flush });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map((item) => commits.submit(item)));
  expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
  expect(flushes).toBe(1);
});

test("beyond the limit an item is refused instead of kept in memory", async () => {
  const { flush, open, turn } = gatedFlush();
  const commits = createGroupCommit({ ...options, maxWaiting: 2, flush });
  const kept = [commits.submit(1), commits.submit(2)];
  await expect(commits.submit(3)).rejects.toBeInstanceOf(BusyError);
  await turn();
  open();
  expect(await Promise.all(kept)).toEqual([2, 4]);
});

test("a flush that takes long holds up nobody", async () => {
  const never = new Promise<readonly number[]>(() => undefined);
  const flush = (items: readonly number[]) => (items.includes(0) ? never : Promise.resolve(items));
  const commits = createGroupCommit<number, number>({ ...options, maxInFlight: 1, slowMs: 1, flush });
  void commits.submit(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await commits.submit(1)).toBe(1);
});
