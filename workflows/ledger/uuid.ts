import { nextRandomBytes } from "./random-bytes.js";

let lastMs = 0;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562 section 5.7), strictly increasing within this process: 48 bits of milliseconds, then a 12-bit counter
 * that starts anew each millisecond and borrows from the future when 4,096 are not enough (method 3 of section 6.2).
 */
export function uuidv7(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  const bytes = nextRandomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const NIL_UUID = "00000000-0000-0000-0000-000000000000";

/** The smallest UUIDv7 of a millisecond: no id that is made then or later is smaller. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${"0".repeat(12)}`;
}
