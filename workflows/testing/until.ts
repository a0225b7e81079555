import { setTimeout as sleep } from "node:timers/promises";

export interface UntilOptions<Value> {
  /** Says in a failure what did not come. */
  readonly what?: string;
  /** Of the last answer, what a failure needs to say; all of it unless told. */
  readonly show?: (value: Value) => unknown;
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Asks until the answer is wanted, and resolves with it; fails with the last answer. */
export async function until<Value>(
  read: () => Promise<Value> | Value,
  wanted: (value: Value) => boolean,
  {
    what = "what was waited for",
    show = (value) => value,
    timeoutMs = 180_000,
    everyMs = 50,
  }: UntilOptions<Value> = {},
): Promise<Value> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (performance.now() > end) throw new Error(`${what} did not come within ${timeoutMs} ms: ${told(show(value))}`);
    await sleep(everyMs);
  }
}

const told = (shown: unknown): string => JSON.stringify(shown ?? null).slice(0, 4_000);
