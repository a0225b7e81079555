import { createDoor, type Door, type DoorOptions } from "./door.js";

/** Keeps what is slow or failing apart: inline attempts of one connection never take the places of another's. */
export interface Bulkheads {
  /**
   * Does the work, which answers how long its call took in milliseconds, 0 where nobody was asked: then it says nothing of the connection.
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
      let wasGood: boolean | null = false;
      try {
        const callMs = await work();
        wasGood = callMs === 0 ? null : callMs <= slowMs;
      } finally {
        leave(wasGood);
      }
      return true;
    },
  };
}
