import type { Collection } from "../system.js";

interface Counter {
  readonly value: number;
}

export interface IdSource {
  nextId(prefix: string, length?: number): string;
  nextNumber(name: string): number;
}

/** "A1" in base 36, so that ids look like ids from the first on. */
const FIRST_ID = 361;
const DEFAULT_LENGTH = 10;

export const createIds = (counters: Collection<Counter>): IdSource => {
  const count = (name: string, first: number): number => {
    const value = (counters.get(name)?.value ?? first - 1) + 1;
    counters.put(name, { value });
    return value;
  };
  return {
    nextId: (prefix, length = DEFAULT_LENGTH) => {
      const digits = count(`id:${prefix}`, FIRST_ID).toString(36).toUpperCase();
      return prefix + digits.padStart(Math.max(0, length - prefix.length), "0");
    },
    nextNumber: (name) => count(`number:${name}`, 1),
  };
};
