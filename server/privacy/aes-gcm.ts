import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { nextRandomBytes } from "../../workflows/ledger/random-bytes.js";

/** NIST SP 800-38D: a random 96-bit nonce for each seal, the full 128-bit tag. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What sealing adds to a plaintext. */
export const OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/** Nonce, AES-256-GCM ciphertext, tag. A key given as bytes would cost Node 24 twice as much as the sealing. `bound` is not stored: it must be the same when opening. */
export function sealBytes(key: KeyObject, bound: Buffer | string, plain: Buffer): Buffer {
  const nonce = nextRandomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when a byte was changed, the key is another, or it was bound to something else. */
export function openBytes(key: KeyObject, bound: Buffer | string, sealed: Buffer): Buffer {
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(tagAt));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
}
