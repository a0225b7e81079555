import { expect, it } from "vitest";
import { shareAnswer } from "./shared-answer.js";

function asking() {
  const waiting: { resolve: (answer: number) => void; reject: (error: Error) => void }[] = [];
  const clock = { ms: 0 };
  const ask = () => new Promise<number>((resolve, reject) => waiting.push({ resolve, reject }));
  return { waiting, clock, read: shareAnswer(ask, { keptMs: 1_000, now: () => clock.ms }) };
}

it("asks once for all who ask at the same time, however long it takes", async () => {
  const { waiting, clock, read } = asking();
  const first = read();
  clock.ms = 5_000;
  const second = read();
  waiting[0]!.resolve(7);
  expect(await Promise.all([first, second])).toEqual([7, 7]);
  expect(waiting).toHaveLength(1);
});

it("keeps an answer for its time from when it came, and not longer", async () => {
  const { waiting, clock, read } = asking();
  const first = read();
  clock.ms = 3_000;
  waiting[0]!.resolve(1);
  await first;
  clock.ms = 3_999;
  expect(await read()).toBe(1);
  clock.ms = 4_000;
  const fresh = read();
  waiting[1]!.resolve(2);
  expect(await fresh).toBe(2);
});

it("keeps no failure: who asks next asks anew", async () => {
  const { waiting, read } = asking();
  const first = read();
  waiting[0]!.reject(new Error("away"));
  await expect(first).rejects.toThrow("away");
  const second = read();
  waiting[1]!.resolve(3);
  expect(await second).toBe(3);
});
