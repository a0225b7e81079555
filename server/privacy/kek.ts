import { createHash, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { openBytes, sealBytes } from "./aes-gcm.js";

/**
 * The key-encryption key: it wraps workspace keys and connection secrets, and lives outside the database. Each purpose has a
 * key of its own derived from it, so that a process can be given what it needs and no more.
 */
export type WrapPurpose = "workspace-key" | "secret-inbound" | "secret-outbound";
/** Keys that wrap nothing. */
type SeedPurpose = "audit-head" | "erasure-receipt" | "tombstone";
export type KekPurpose = WrapPurpose | SeedPurpose;

export interface Kek {
  /** First eight bytes of the key's hash: says which key wrapped something, tells nothing of it. */
  readonly id: string;
  wrap(purpose: WrapPurpose, place: string, plain: Buffer): Buffer;
  /** Refuses purposes that this process may not open. */
  unwrap(purpose: WrapPurpose, place: string, wrapped: Buffer): Buffer;
  /** 32 secret bytes to make a key of; refused likewise. */
  seed(purpose: SeedPurpose): Buffer;
}

/** What stands before everything that was wrapped. */
export const KEK_ID_BYTES = 8;

export function createKek(secret: Buffer, mayOpen: readonly KekPurpose[]): Kek {
  if (secret.length !== 32) throw new Error("LOOPWRIGHT_KEK, or the file `kek`, must hold 32 bytes as base64.");
  const id = createHash("sha256").update("kek-id").update(secret).digest("hex").slice(0, 16);
  const derive = (purpose: KekPurpose): Buffer => Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
  const keys = new Map<WrapPurpose, KeyObject>();
  const keyFor = (purpose: WrapPurpose): KeyObject => {
    const key = keys.get(purpose) ?? createSecretKey(derive(purpose));
    keys.set(purpose, key);
    return key;
  };
  const refuseForeign = (purpose: KekPurpose, place: string): void => {
    if (mayOpen.includes(purpose)) return;
    throw new Error(`This process may not open a ${purpose} (${place}): another ROLE of Loopwright does that.`);
  };
  const boundTo = (purpose: WrapPurpose, place: string): string => `${id}|${purpose}|${place}`;
  return {
    id,
    wrap: (purpose, place, plain) =>
      Buffer.concat([Buffer.from(id, "hex"), sealBytes(keyFor(purpose), boundTo(purpose, place), plain)]),
    unwrap(purpose, place, wrapped) {
      refuseForeign(purpose, place);
      const wrappedBy = wrapped.subarray(0, KEK_ID_BYTES).toString("hex");
      if (wrappedBy !== id) throw new Error(anotherKey(wrappedBy, id));
      return openBytes(keyFor(purpose), boundTo(purpose, place), wrapped.subarray(KEK_ID_BYTES));
    },
    seed(purpose) {
      refuseForeign(purpose, "installation");
      return derive(purpose);
    },
  };
}

const anotherKey = (wrappedBy: string, held: string): string =>
  `The database was written under the key ${wrappedBy}, but this process holds ${held}. Restore the file \`kek\`, or LOOPWRIGHT_KEK, that belongs to this database.`;
