import { ApplicationFailure } from "@temporalio/common";
import { createDoor, type Door, type DoorOptions } from "./door.js";

/** Keeps what is slow or failing apart: inline attempts of one connection never take the places of another's. */
export interface Bulkheads {
  /**
   * Does the work, which answers how long its call took in milliseconds, 0 where nobody was asked: then it says nothing of the connection.
   * A call that failed is thrown as what Temporal retries.
   * False: turned away, and nothing was done.
   */
  through(door: string, work: () => Promise<number>): Promise<boolean>;
}

export interface BulkheadOptions extends DoorOptions {
  /** A call that takes longer is slow, milliseconds. */
  readonly slowMs?: number;
}

export function createBulkheads({ slowMs = 1_000, ...options }: BulkheadOptions = {}): Bulkheads {
  const doors = new Map<string, Door>();
  const doorOf = (name: string): Door => {
    const door = doors.get(name) ?? createDoor(options);
    doors.set(name, door);
    return door;
  };
  return {
    async through(door, work) {
      const leave = await doorOf(door).enter();
      if (!leave) return false;
      let wasGood: boolean | null = null;
      try {
        const callMs = await work();
        if (callMs > 0) wasGood = callMs <= slowMs;
      } catch (error) {
        if (isTheirs(error)) wasGood = false;
        throw error;
      } finally {
        leave(wasGood);
      }
      return true;
    },
  };
}

/** What is thrown to be tried again failed over there; everything else is ours, and says nothing of them. */
const isTheirs = (error: unknown): boolean => error instanceof ApplicationFailure && error.nonRetryable !== true;
