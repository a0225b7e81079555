import { openBytes, sealBytes } from "./aes-gcm.js";
import { createHeldKeys } from "./held-keys.js";
import type { KekPurpose, KekSource, SeedPurpose, WrapPurpose } from "./kek-source.js";

/**
 * The key-encryption key: it wraps workspace keys and connection secrets, and lives outside the database. Each purpose has a
 * key of its own derived from it, so that a process can be given what it needs and no more. While it is changed there are
 * several: one wraps, all open, and each wrapped thing names its own (docs/decisions/0021-key-rotation.md).
 */
export interface Kek {
  /** First eight bytes of the hash of the key that wraps: says which key wrapped something, tells nothing of it. */
  readonly id: string;
  /** Where a person puts a key that is missing. */
  readonly where: string;
  /** Of every key that is held, the one that wraps first. */
  ids(): readonly string[];
  wrap(purpose: WrapPurpose, place: string, plain: Buffer): Buffer;
  /** Refuses purposes that this process may not open. */
  unwrap(purpose: WrapPurpose, place: string, wrapped: Buffer): Buffer;
  /** The same under the key that wraps now. What is inside is answered to nobody, so every process may. */
  rewrap(purpose: WrapPurpose, place: string, wrapped: Buffer): Buffer;
  /** 32 secret bytes to make a key of, from the key that wraps or the one that is named; refused as unwrapping is. */
  seed(purpose: SeedPurpose, kekId?: string): Buffer;
}

/** What stands before everything that was wrapped. */
export const KEK_ID_BYTES = 8;

/** One secret, or where several are kept. */
export function createKek(secret: Buffer | KekSource, mayOpen: readonly KekPurpose[]): Kek {
  const source: KekSource = Buffer.isBuffer(secret) ? { where: "the file `kek`", held: () => [secret] } : secret;
  const keys = createHeldKeys(source);
  keys.current();
  const refuseForeign = (purpose: KekPurpose, place: string): void => {
    if (mayOpen.includes(purpose)) return;
    throw new Error(`This process may not open a ${purpose} (${place}): another ROLE of Loopwright does that.`);
  };
  const open = (purpose: WrapPurpose, place: string, wrapped: Buffer): Buffer => {
    const key = keys.byId(kekIdOf(wrapped));
    return openBytes(key.keyFor(purpose), boundTo(key.id, purpose, place), wrapped.subarray(KEK_ID_BYTES));
  };
  const wrap = (purpose: WrapPurpose, place: string, plain: Buffer): Buffer => {
    const { id, keyFor } = keys.current();
    return Buffer.concat([Buffer.from(id, "hex"), sealBytes(keyFor(purpose), boundTo(id, purpose, place), plain)]);
  };
  return {
    get id() {
      return keys.current().id;
    },
    where: source.where,
    ids: keys.ids,
    wrap,
    unwrap(purpose, place, wrapped) {
      refuseForeign(purpose, place);
      return open(purpose, place, wrapped);
    },
    rewrap: (purpose, place, wrapped) => wrap(purpose, place, open(purpose, place, wrapped)),
    seed(purpose, kekId) {
      refuseForeign(purpose, "installation");
      return (kekId === undefined ? keys.current() : keys.byId(kekId)).derive(purpose);
    },
  };
}

/** Which key wrapped it. */
export const kekIdOf = (wrapped: Buffer): string => wrapped.subarray(0, KEK_ID_BYTES).toString("hex");

const boundTo = (id: string, purpose: WrapPurpose, place: string): string => `${id}|${purpose}|${place}`;
