import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createBatches } from "./batches.js";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

const ids = (count: number): string[] => Array.from({ length: count }, (_one, index) => String(index));

function lane() {
  const ends: ((error?: Error) => void)[] = [];
  const told = { room: 0, errors: 0 };
  const drive = (): Promise<void> =>
    new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  const { room, begin } = createBatches({
    onRoom: () => (told.room += 1),
    onError: () => (told.errors += 1),
    clock: Date.now,
  });
  const batches = { room, begin: (runIds: readonly string[]) => begin(runIds, drive) };
  /** One batch that takes so long. */
  const through = async (count: number, ms: number): Promise<void> => {
    batches.begin(ids(count));
    vi.advanceTimersByTime(ms);
    ends.pop()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { batches, ends, told, through };
}

test("full and quick batches grow to a hundred, and half-empty ones do not", async () => {
  const { batches, through } = lane();
  await through(5, 100);
  expect(batches.room()).toBe(25);
  for (const room of [50, 100, 100]) {
    await through(batches.room(), 100);
    expect(batches.room()).toBe(room);
  }
});

test("a batch that takes long halves the next, down to twenty-five", async () => {
  const { batches, through } = lane();
  for (const quick of [25, 50]) await through(quick, 100);
  for (const room of [50, 25, 25]) {
    await through(batches.room(), 3_500);
    expect(batches.room()).toBe(room);
  }
});

test("two are under way; a third has room when one ends, or when one holds slow calls", async () => {
  const { batches, ends, told } = lane();
  batches.begin(ids(10));
  batches.begin(ids(10));
  expect(batches.room()).toBe(0);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect([batches.room() > 0, told.room]).toEqual([true, 1]);
  batches.begin(ids(10));
  expect(batches.room()).toBe(0);
  vi.advanceTimersByTime(4_000);
  expect([batches.room() > 0, told.room]).toEqual([true, 3]);
});

test("a batch that fails is told, and gives its place back", async () => {
  const { batches, ends, told } = lane();
  batches.begin(ids(1));
  ends[0]?.(new Error("away"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual({ room: 1, errors: 1 });
});
