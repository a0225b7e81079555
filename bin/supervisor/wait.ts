import { setTimeout as sleep } from "node:timers/promises";

export interface WaitOptions {
  readonly everyMs?: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks until the answer is not undefined; undefined after the time-out. An abort throws. */
export async function waitFor<Value>(
  ask: () => Promise<Value | undefined> | Value | undefined,
  { everyMs = 100, timeoutMs, signal }: WaitOptions,
): Promise<Value | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const value = await ask();
    if (value !== undefined) return value;
    if (performance.now() >= deadline) return undefined;
    await sleep(everyMs, undefined, signal === undefined ? {} : { signal });
  }
}
