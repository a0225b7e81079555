import { createSecretKey, randomBytes } from "node:crypto";
import { OVERHEAD_BYTES, openBytes, sealBytes } from "./aes-gcm.js";
import { KEK_ID_BYTES, type Kek } from "./kek.js";

/**
 * A secret of a connection or source: its own data key, wrapped by the KEK, then the ciphertext under it. Rotating the KEK
 * rewraps the first part only.
 */
export type SecretPurpose = "inbound" | "outbound";

export interface Envelope {
  seal(purpose: SecretPurpose, place: string, value: unknown): Buffer;
  /** Throws where this process may not open the purpose, or the row was tampered with. */
  open(purpose: SecretPurpose, place: string, envelope: Buffer): unknown;
}

const KEY_BYTES = 32;
/** Any key of 32 bytes that a KEK wrapped: what an envelope begins with, and the whole of a wrapped workspace key. */
export const WRAPPED_KEY_BYTES = KEK_ID_BYTES + KEY_BYTES + OVERHEAD_BYTES;

export const createEnvelope = (kek: Kek): Envelope => ({
  seal(purpose, place, value) {
    const dataKey = randomBytes(KEY_BYTES);
    const wrapped = kek.wrap(`secret-${purpose}`, place, dataKey);
    return Buffer.concat([
      wrapped,
      sealBytes(createSecretKey(dataKey), place, Buffer.from(JSON.stringify(value), "utf8")),
    ]);
  },
  open(purpose, place, envelope) {
    const dataKey = kek.unwrap(`secret-${purpose}`, place, envelope.subarray(0, WRAPPED_KEY_BYTES));
    const plain = openBytes(createSecretKey(dataKey), place, envelope.subarray(WRAPPED_KEY_BYTES));
    return JSON.parse(plain.toString("utf8")) as unknown;
  },
});
