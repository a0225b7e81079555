import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createDoor, type Door, type DoorOptions } from "./door.js";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

const aDoor = (options: DoorOptions): Door => createDoor({ ...options, clock: Date.now });

/** One call inside, and how it ended. */
async function callThrough(door: Door, wasGood: boolean): Promise<void> {
  (await door.enter())?.(wasGood);
}

test("whoever finds it full waits for the next place", async () => {
  const door = aDoor({ places: 1 });
  const leave = await door.enter();
  const second = door.enter();
  leave?.(true);
  expect(await second).not.toBeNull();
});

test("whoever has waited for too long is turned away", async () => {
  const door = aDoor({ places: 1, waitMs: 100 });
  await door.enter();
  const second = door.enter();
  vi.advanceTimersByTime(100);
  expect(await second).toBeNull();
});

test("one bad call among good ones does not shut it; several in a row do, and turn away who waits", async () => {
  const door = aDoor({ places: 2, patience: 2 });
  for (const wasGood of [false, true, false, true]) await callThrough(door, wasGood);
  const [first, second] = [await door.enter(), await door.enter()];
  const waiting = door.enter();
  first?.(false);
  expect(await waiting).not.toBeNull();
  const another = door.enter();
  second?.(false);
  expect(await another).toBeNull();
  expect(await door.enter()).toBeNull();
});

test("after a while one call at a time is let in, and a good one opens it for all", async () => {
  const door = aDoor({ places: 3, patience: 1, shutMs: 1_000 });
  await callThrough(door, false);
  vi.advanceTimersByTime(1_000);
  const probe = await door.enter();
  const others = [door.enter(), door.enter()];
  probe?.(true);
  expect((await Promise.all(others)).every((leave) => leave !== null)).toBe(true);
});

test("a call that does not come back keeps others from following it", async () => {
  const door = aDoor({ places: 3, stuckMs: 1_000 });
  await door.enter();
  vi.advanceTimersByTime(1_001);
  expect(await door.enter()).toBeNull();
});
