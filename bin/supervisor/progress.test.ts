import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProgress } from "./progress.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lasting = (ms: number) => () => new Promise<string>((resolve) => setTimeout(() => resolve("made"), ms));

describe("progress", () => {
  it("says after two seconds what takes long, then every five, then how long it took", async () => {
    const lines: string[] = [];
    const result = createProgress((text) => lines.push(text)).step("building", lasting(8_000));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await result).toBe("made");
    expect(lines).toEqual(["  … building (2.0 s)\n", "  … building (7.0 s)\n", "  building: 8.0 s\n"]);
  });

  it("keeps quiet about what takes no time", async () => {
    const lines: string[] = [];
    const result = createProgress((text) => lines.push(text)).step("looking", lasting(50));
    await vi.advanceTimersByTimeAsync(50);
    await result;
    expect(lines).toEqual([]);
  });
});
