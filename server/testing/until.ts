import { setTimeout as sleep } from "node:timers/promises";

export interface UntilOptions {
  /** Says in a failure what did not come. */
  readonly what: string;
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Asks until the answer is wanted, and resolves with it; fails with the last answer. */
export async function until<Value>(
  read: () => Promise<Value> | Value,
  wanted: (value: Value) => boolean,
  { what, timeoutMs = 180_000, everyMs = 50 }: UntilOptions,
): Promise<Value> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (performance.now() > end)
      throw new Error(`${what} did not come within ${timeoutMs} ms: ${JSON.stringify(value ?? null).slice(0, 4_000)}`);
    await sleep(everyMs);
  }
}
