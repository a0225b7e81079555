import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { tidyMemoryAtRest } from "./tidy-memory.js";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

test("a process collects once each time it has come to rest, and never while it works", () => {
  const now = { busy: 0.4 };
  let collected = 0;
  tidyMemoryAtRest({ utilization: () => now.busy, collect: () => (collected += 1) });
  const after = (seconds: number): number => {
    vi.advanceTimersByTime(seconds * 1_000);
    return collected;
  };
  expect(after(60)).toBe(0);
  now.busy = 0.01;
  expect(after(20)).toBe(1);
  expect(after(3_600)).toBe(1);
  now.busy = 0.2;
  expect(after(20)).toBe(1);
  now.busy = 0;
  expect(after(40)).toBe(2);
});
