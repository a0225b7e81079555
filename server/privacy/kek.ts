import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/**
 * The key-encryption key: it wraps workspace keys and connection secrets, and lives outside the database. Each purpose has a
 * key of its own derived from it, so that a process can be given what it needs and no more.
 */
export type WrapPurpose = "workspace-key" | "secret-inbound" | "secret-outbound";

export interface Kek {
  /** First eight bytes of the key's hash: says which key wrapped something, tells nothing of it. */
  readonly id: string;
  wrap(purpose: WrapPurpose, place: string, plain: Buffer): Buffer;
  /** Refuses purposes that this process may not open. */
  unwrap(purpose: WrapPurpose, place: string, wrapped: Buffer): Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createKek(secret: Buffer, mayOpen: readonly WrapPurpose[]): Kek {
  if (secret.length !== 32) throw new Error("the key-encryption key must be 32 bytes, given as base64");
  const id = createHash("sha256").update("kek-id").update(secret).digest("hex").slice(0, 16);
  const keyFor = (purpose: WrapPurpose): Buffer => Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
  return {
    id,
    wrap(purpose, place, plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce);
      cipher.setAAD(Buffer.from(`${id}|${purpose}|${place}`));
      return Buffer.concat([Buffer.from(id, "hex"), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    unwrap(purpose, place, wrapped) {
      if (!mayOpen.includes(purpose)) throw new Error(`this process may not open ${purpose}`);
      const wrappedBy = wrapped.subarray(0, 8).toString("hex");
      if (wrappedBy !== id) throw new Error(`wrapped by key ${wrappedBy}, but this process holds ${id}`);
      const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), wrapped.subarray(8, 8 + NONCE_BYTES));
      decipher.setAAD(Buffer.from(`${id}|${purpose}|${place}`));
      decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES));
      const body = wrapped.subarray(8 + NONCE_BYTES, wrapped.length - TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
  };
}
