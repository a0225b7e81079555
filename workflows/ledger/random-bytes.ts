import { randomBytes } from "node:crypto";

/** One call for many: each costs several microseconds, whatever it asks for. */
const AHEAD_BYTES = 4_096;

let ahead = Buffer.alloc(0);
let used = 0;

/** Cryptographically strong bytes, each given out once; no more than 4,096 at a time. */
export function nextRandomBytes(size: number): Buffer {
  if (size > AHEAD_BYTES) throw new RangeError(`${size} random bytes were asked for, ${AHEAD_BYTES} are the most`);
  if (used + size > ahead.length) {
    ahead = randomBytes(AHEAD_BYTES);
    used = 0;
  }
  used += size;
  return ahead.subarray(used - size, used);
}
