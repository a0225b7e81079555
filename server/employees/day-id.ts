import { randomBytes } from "node:crypto";

const DAY_MS = 86_400_000;

/** The first moment of a day, UTC. */
export const dayOf = (time: Date): Date => new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);

/** A UUIDv7 that tells the day and nothing else: sorted among other ids it stands where its day begins, and among those of its day by chance. */
export function dayId(time: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(dayOf(time).getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
