import type { Drive } from "./lane.js";

/** How many batches one worker has under way, and how large they get. What waits longer waits in the database, where workspaces take turns. */
const MOST = 2;
const SMALLEST = 25;
const LARGEST = 100;
/** A batch should take about so long, milliseconds: long enough to share its transactions, short enough that nobody waits for it. */
const SHORT_MS = 1_000;
const LONG_MS = 3_000;
/** One that takes longer holds slow calls: it keeps no place from others. */
const OVERLONG_MS = 4_000;

export interface Batches {
  /** So many runs may be begun now; 0 while every place is taken. */
  room(): number;
  begin(runIds: readonly string[], drive: Drive): void;
}

export interface BatchOptions {
  /** Called when there is room again. */
  readonly onRoom: () => void;
  readonly onError: (error: unknown) => void;
  /** Steady milliseconds. */
  readonly clock?: () => number;
}

/** Batches that grow while they are quick and full, and shrink when they take long: a slow machine is not handed more than it can do. */
export function createBatches({ onRoom, onError, clock = () => performance.now() }: BatchOptions): Batches {
  const underWay = new Set<symbol>();
  let size = SMALLEST;

  function resize(tookMs: number, count: number): void {
    if (tookMs > LONG_MS) size = Math.max(SMALLEST, Math.floor(size / 2));
    else if (tookMs < SHORT_MS && count >= size) size = Math.min(LARGEST, size * 2);
  }

  return {
    room: () => (underWay.size < MOST ? size : 0),
    begin(runIds, drive) {
      const [batch, began] = [Symbol(), clock()];
      underWay.add(batch);
      const leave = (): void => {
        clearTimeout(timer);
        if (underWay.delete(batch)) onRoom();
      };
      const timer = setTimeout(leave, OVERLONG_MS);
      void drive(runIds)
        .catch(onError)
        .finally(() => {
          resize(clock() - began, runIds.length);
          leave();
        });
    },
  };
}
