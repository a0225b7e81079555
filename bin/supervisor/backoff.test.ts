import { describe, expect, it } from "vitest";
import { nextDelay } from "./backoff.js";

describe("the wait before a restart", () => {
  it("doubles from 0.2 s to 10 s while a process keeps dying young", () => {
    const waits = [0];
    while (waits.length < 10) waits.push(nextDelay(waits.at(-1)!, 1_000));
    expect(waits.slice(1)).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
  });

  it("begins anew after 30 s of health", () => {
    expect(nextDelay(10_000, 29_999)).toBe(10_000);
    expect(nextDelay(10_000, 30_000)).toBe(200);
  });
});
