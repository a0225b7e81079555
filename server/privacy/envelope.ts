import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Kek } from "./kek.js";

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

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** KEK id, nonce, 32-byte key, tag. */
const WRAPPED_KEY_BYTES = 8 + NONCE_BYTES + 32 + TAG_BYTES;

export const createEnvelope = (kek: Kek): Envelope => ({
  seal(purpose, place, value) {
    const dataKey = randomBytes(32);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", dataKey, nonce);
    cipher.setAAD(Buffer.from(place));
    const wrapped = kek.wrap(`secret-${purpose}`, place, dataKey);
    return Buffer.concat([wrapped, nonce, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()]);
  },
  open(purpose, place, envelope) {
    const dataKey = kek.unwrap(`secret-${purpose}`, place, envelope.subarray(0, WRAPPED_KEY_BYTES));
    const sealed = envelope.subarray(WRAPPED_KEY_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", dataKey, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
    return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8")) as unknown;
  },
});
