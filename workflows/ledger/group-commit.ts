import { isDatabaseAway } from "./database-away.js";

/**
 * Many callers, few questions or transactions, and no timer: what arrives while nothing is in flight is flushed at once, what arrives during
 * a flush goes together in the next. A batch that fails is halved until the bad item stands alone, so that it fails alone.
 */
export interface GroupCommit<Item, Result> {
  /** Resolves with the flush's answer; rejects with `BusyError` when too much waits already. */
  submit(item: Item): Promise<Result>;
  readonly waiting: () => number;
}

export interface GroupCommitOptions<Item, Result> {
  /** Commits all of it or throws; results in the order of the items. */
  readonly flush: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Whether halving may help: by default not where the database is away, which no single item is to blame for. */
  readonly isItemsFault?: (error: unknown) => boolean;
  readonly maxBatch: number;
  readonly maxInFlight: number;
  /** A flush that takes longer, because it waits for somebody's lock, holds up nobody: up to three others go beside it. Milliseconds. */
  readonly slowMs?: number;
  readonly maxWaiting: number;
}

const SLOW_MS = 500;
/** Each may hold a connection of the pool. */
const MOST_SLOW = 3;

export class BusyError extends Error {}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export function createGroupCommit<Item, Result>(options: GroupCommitOptions<Item, Result>): GroupCommit<Item, Result> {
  const { flush, isItemsFault = (error) => !isDatabaseAway(error) } = options;
  const queue: Waiting<Item, Result>[] = [];
  const inFlight = new Set<symbol>();
  let slow = 0;

  function pump(): void {
    while (inFlight.size < options.maxInFlight && queue.length > 0) begin(queue.splice(0, options.maxBatch));
  }

  function begin(batch: readonly Waiting<Item, Result>[]): void {
    const flight = Symbol();
    inFlight.add(flight);
    const timer = setTimeout(() => {
      if (slow === MOST_SLOW) return;
      slow += 1;
      inFlight.delete(flight);
      pump();
    }, options.slowMs ?? SLOW_MS);
    void flushOrHalve({ flush, isItemsFault }, batch).finally(() => {
      clearTimeout(timer);
      if (!inFlight.delete(flight)) slow -= 1;
      pump();
    });
  }

  return {
    submit(item) {
      if (queue.length >= options.maxWaiting) return Promise.reject(new BusyError("too much waits already"));
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        // After this turn of the event loop, so that requests that arrived together go together.
        setImmediate(pump);
      });
    },
    waiting: () => queue.length,
  };
}

async function flushOrHalve<Item, Result>(
  options: Required<Pick<GroupCommitOptions<Item, Result>, "flush" | "isItemsFault">>,
  batch: readonly Waiting<Item, Result>[],
): Promise<void> {
  try {
    const results = await options.flush(batch.map(({ item }) => item));
    for (const [index, { resolve, reject }] of batch.entries()) {
      const result = results[index];
      if (result === undefined) reject(new Error("the flush answered too few results"));
      else resolve(result);
    }
  } catch (error) {
    if (batch.length === 1 || !options.isItemsFault(error)) {
      for (const { reject } of batch) reject(error);
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await flushOrHalve(options, batch.slice(0, half));
    await flushOrHalve(options, batch.slice(half));
  }
}
